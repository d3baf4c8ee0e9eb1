package cloud.bevy.services.messages;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.store.Ticket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Writes now and then into the journal all there is, so that a start does not have to read what
/// was before, and that the blocks before can be forgotten of which no message waits.
final class Wholes {
  /// After how many blocks at least.
  static final long BLOCKS = 4_096;

  /// After how many bytes.
  static final long BYTES = 32L << 20;

  private static final int PART = 1 << 20;
  private static final int ENTRIES = 4_096;

  private Wholes() {}

  /// What was written, and what can be forgotten once that is durable.
  ///
  /// @param begin where it is
  /// @param unneeded pairs of places: the first, and the one after the last
  /// @param ticket says when it is durable
  record Outcome(long begin, List<long[]> unneeded, Ticket ticket) {}

  /// Whether it is time for another.
  static boolean due(Journal journal, State state) {
    long items = state.totals.entries + state.retained.size() + state.byClient.size();
    return journal.length() - journal.whole() > Math.max(BLOCKS, 2 * items)
        || journal.bytes() > BYTES;
  }

  /// Brings back what the journal says.
  ///
  /// @return whether all was forgotten that could be
  static boolean load(Journal journal, State state) {
    long end = journal.length();
    if (end == 0) {
      return true;
    }
    long begin = journal.read(end - 1).whole();
    boolean cleared = begin == 0;
    boolean within = begin != 0;
    for (long place = begin; place < end; place++) {
      Deed record = journal.read(place).record();
      boolean part = record instanceof Deed.Whole;
      if (part == within) {
        state.apply(record, place, false);
      }
      if (within && record instanceof Deed.Whole whole && whole.last()) {
        within = false;
        journal.whole(begin, live(state));
      }
      cleared |= record instanceof Deed.Cleared(long whole) && whole == begin;
    }
    if (within) {
      throw MessagesFault.damaged("what there was is not whole in block " + begin);
    }
    return cleared;
  }

  /// Appends a whole.
  ///
  /// @param again whether it may be that what the whole before did not need was not forgotten
  static Outcome write(Journal journal, State state, boolean again) {
    long before = journal.whole();
    long begin = journal.length();
    long[] live = live(state);
    List<byte[]> parts = new ArrayList<>();
    int size = 0;
    for (byte[] part : parts(state)) {
      if (size > PART) {
        journal.append(new Deed.Whole(List.copyOf(parts), false), before, List.of());
        parts.clear();
        size = 0;
      }
      parts.add(part);
      size += part.length;
    }
    journal.append(new Deed.Whole(parts, true), begin, List.of());
    List<long[]> unneeded =
        again
            ? unneeded(new long[0], 0, begin, live)
            : unneeded(journal.live(), before, begin, live);
    journal.whole(begin, live);
    return new Outcome(begin, unneeded, journal.last());
  }

  /// Forgets what is not needed, once the whole is durable.
  static void clear(Cloud cloud, Journal journal, Outcome outcome) {
    cloud.durable(outcome.ticket());
    List<Ticket> cleared =
        outcome.unneeded().stream().map(gap -> journal.clear(gap[0], gap[1])).toList();
    cleared.forEach(cloud::durable);
  }

  /// The gaps between what is live, of what was live before and of all that came since.
  private static List<long[]> unneeded(long[] liveBefore, long before, long begin, long[] live) {
    LongStream old = Arrays.stream(liveBefore).filter(place -> place < before);
    List<long[]> gaps = new ArrayList<>();
    old.filter(place -> Arrays.binarySearch(live, place) < 0).forEach(place -> add(gaps, place));
    long next = before;
    for (long place : live) {
      if (place >= before) {
        addAll(gaps, next, place);
        next = place + 1;
      }
    }
    addAll(gaps, next, begin);
    return gaps;
  }

  private static void add(List<long[]> gaps, long place) {
    addAll(gaps, place, place + 1);
  }

  private static void addAll(List<long[]> gaps, long from, long to) {
    if (from >= to) {
      return;
    }
    if (!gaps.isEmpty() && gaps.getLast()[1] == from) {
      gaps.getLast()[1] = to;
    } else {
      gaps.add(new long[] {from, to});
    }
  }

  /// Where the messages are that somebody waits for, in ascending order.
  private static long[] live(State state) {
    LongStream waiting =
        state.byClient.values().stream()
            .flatMap(
                session -> Stream.concat(session.told.values().stream(), session.waiting.stream()))
            .filter(Delivery::durable)
            .mapToLong(each -> each.place);
    LongStream retained = state.retained.values().stream().mapToLong(State.Kept::place);
    return LongStream.concat(waiting, retained).sorted().distinct().toArray();
  }

  private static List<byte[]> parts(State state) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(RecordCodec.write(new Deed.Next(state.nextSession)));
    state.retained.forEach((topic, kept) ->
        parts.add(
            RecordCodec.write(
                new Deed.Kept(topic, kept.place(), kept.size(), kept.expires(), kept.quality()))));
    state.byClient.values().stream()
        .filter(Session::journaled)
        .forEach(session -> session(session, parts));
    return parts;
  }

  private static void session(Session session, List<byte[]> parts) {
    long number = session.number;
    parts.add(
        RecordCodec.write(new Deed.Opened(number, session.client, session.lifetime, session.will)));
    parts.add(
        RecordCodec.write(
            new Deed.Subscribed(number, List.copyOf(session.subscriptions.values()))));
    session.incoming.forEach(id -> parts.add(RecordCodec.write(new Deed.Incoming(number, id))));
    if (session.closed != 0) {
      parts.add(
          RecordCodec.write(
              new Deed.Closed(
                  number, session.closed, session.lifetime, session.will.isPresent(), List.of())));
    }
    List<Deed.Entry> entries =
        Stream.concat(session.told.values().stream(), session.waiting.stream())
            .filter(Delivery::durable)
            .map(Wholes::entry)
            .toList();
    for (int from = 0; from < entries.size(); from += ENTRIES) {
      int to = Math.min(entries.size(), from + ENTRIES);
      parts.add(RecordCodec.write(new Deed.Waiting(number, entries.subList(from, to))));
    }
  }

  private static Deed.Entry entry(Delivery delivery) {
    int flags =
        (delivery.told ? Deed.Entry.TOLD : 0) | (delivery.released ? Deed.Entry.RELEASED : 0);
    return new Deed.Entry(
        delivery.place, delivery.size, delivery.way, delivery.expires, delivery.packetId, flags);
  }
}
