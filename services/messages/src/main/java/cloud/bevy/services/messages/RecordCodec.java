package cloud.bevy.services.messages;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Records as bytes; see `docs/formats/messages.md`.
final class RecordCodec {
  private static final int PUBLISHED = 1;
  private static final int OPENED = 2;
  private static final int SUBSCRIBED = 3;
  private static final int UNSUBSCRIBED = 4;
  private static final int NUMBERED = 5;
  private static final int ARRIVED = 6;
  private static final int DONE = 7;
  private static final int INCOMING = 8;
  private static final int RELEASED = 9;
  private static final int CLOSED = 10;
  private static final int ENDED = 11;
  private static final int WILL_DONE = 12;
  private static final int WAITING = 13;
  private static final int KEPT = 14;
  private static final int NEXT = 15;
  private static final int WHOLE = 16;
  private static final int CLEARED = 17;

  private RecordCodec() {}

  static void write(Deed record, RecordOutput out) {
    switch (record) {
      case Deed.Published published -> {
        out.octet(PUBLISHED);
        MessageCodec.write(published.message(), out);
        out.number(published.origin().session()).number(published.origin().packetId());
        out.number(published.recipients().size());
        for (Deed.Recipient each : published.recipients()) {
          out.number(each.session());
          writeWay(each.way(), out);
        }
      }
      case Deed.Opened(var session, var client, var lifetime, var will) -> {
        out.octet(OPENED).number(session).text(client).number(lifetime).truth(will.isPresent());
        will.ifPresent(it -> {
          MessageCodec.write(it.message(), out);
          out.number(it.delay()).number(it.lifetime());
        });
      }
      case Deed.Subscribed(var session, var subscriptions) -> {
        out.octet(SUBSCRIBED).number(session).number(subscriptions.size());
        subscriptions.forEach(each -> writeSubscription(each, out));
      }
      case Deed.Unsubscribed(var session, var filters) -> {
        out.octet(UNSUBSCRIBED).number(session).number(filters.size());
        filters.forEach(out::text);
      }
      case Deed.Numbered(var session, var numbers) -> {
        out.octet(NUMBERED).number(session);
        writeNumbers(numbers, out);
      }
      case Deed.Arrived(var session, var id) -> out.octet(ARRIVED).number(session).number(id);
      case Deed.Done(var session, var places) -> {
        out.octet(DONE).number(session).number(places.size());
        places.forEach(out::number);
      }
      case Deed.Incoming(var session, var id) -> out.octet(INCOMING).number(session).number(id);
      case Deed.Released(var session, var id) -> out.octet(RELEASED).number(session).number(id);
      case Deed.Closed closed -> {
        out.octet(CLOSED).number(closed.session()).number(closed.at()).number(closed.lifetime());
        out.truth(closed.will());
        writeNumbers(closed.told(), out);
      }
      case Deed.Ended(var session) -> out.octet(ENDED).number(session);
      case Deed.WillDone(var session) -> out.octet(WILL_DONE).number(session);
      case Deed.Waiting(var session, var entries) -> {
        out.octet(WAITING).number(session).number(entries.size());
        entries.forEach(each -> writeEntry(each, out));
      }
      case Deed.Kept kept -> {
        out.octet(KEPT).text(kept.topic()).number(kept.place()).number(kept.size());
        out.number(kept.expires()).octet(kept.quality().level());
      }
      case Deed.Next(var session) -> out.octet(NEXT).number(session);
      case Deed.Whole(var parts, var last) -> {
        out.octet(WHOLE).truth(last).number(parts.size());
        parts.forEach(out::bytes);
      }
      case Deed.Cleared(var whole) -> out.octet(CLEARED).number(whole);
    }
  }

  static byte[] write(Deed record) {
    RecordOutput out = new RecordOutput();
    write(record, out);
    return out.toArray();
  }

  static Deed read(byte[] bytes) {
    return read(new RecordInput(ByteBuffer.wrap(bytes)));
  }

  /// @throws MessagesFault if it is none
  static Deed read(RecordInput in) {
    int kind = in.octet();
    return switch (kind) {
      case PUBLISHED -> {
        Message message = MessageCodec.read(in);
        Deed.Origin origin = new Deed.Origin(in.number(), in.small());
        yield new Deed.Published(
            message, origin, list(in, () -> new Deed.Recipient(in.number(), readWay(in))));
      }
      case OPENED ->
          new Deed.Opened(
              in.number(),
              in.text(),
              in.number(),
              in.truth()
                  ? Optional.of(new Will(MessageCodec.read(in), in.number(), in.number()))
                  : Optional.empty());
      case SUBSCRIBED -> new Deed.Subscribed(in.number(), list(in, () -> readSubscription(in)));
      case UNSUBSCRIBED -> new Deed.Unsubscribed(in.number(), list(in, in::text));
      case NUMBERED -> new Deed.Numbered(in.number(), readNumbers(in));
      case ARRIVED -> new Deed.Arrived(in.number(), in.small());
      case DONE -> new Deed.Done(in.number(), list(in, in::number));
      case INCOMING -> new Deed.Incoming(in.number(), in.small());
      case RELEASED -> new Deed.Released(in.number(), in.small());
      case CLOSED ->
          new Deed.Closed(in.number(), in.number(), in.number(), in.truth(), readNumbers(in));
      case ENDED -> new Deed.Ended(in.number());
      case WILL_DONE -> new Deed.WillDone(in.number());
      case WAITING -> new Deed.Waiting(in.number(), list(in, () -> readEntry(in)));
      case KEPT ->
          new Deed.Kept(
              in.text(), in.number(), in.small(), in.number(), MessageCodec.quality(in.octet()));
      case NEXT -> new Deed.Next(in.number());
      case WHOLE -> {
        boolean last = in.truth();
        yield new Deed.Whole(list(in, in::bytes), last);
      }
      case CLEARED -> new Deed.Cleared(in.number());
      default -> throw MessagesFault.damaged("a record is of the unknown kind " + kind);
    };
  }

  private static <T> List<T> list(RecordInput in, Supplier<T> read) {
    int count = in.small();
    List<T> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(read.get());
    }
    return all;
  }

  private static void writeNumbers(List<Deed.Numbering> numbers, RecordOutput out) {
    out.number(numbers.size());
    numbers.forEach(each -> out.number(each.place()).number(each.packetId()));
  }

  private static List<Deed.Numbering> readNumbers(RecordInput in) {
    return list(in, () -> new Deed.Numbering(in.number(), in.small()));
  }

  private static void writeWay(Delivery.Way way, RecordOutput out) {
    out.octet(way.quality().level()).truth(way.retained()).number(way.identifiers().length);
    for (int identifier : way.identifiers()) {
      out.number(identifier);
    }
  }

  private static Delivery.Way readWay(RecordInput in) {
    Quality quality = MessageCodec.quality(in.octet());
    boolean retained = in.truth();
    int[] identifiers = list(in, in::small).stream().mapToInt(Integer::intValue).toArray();
    return new Delivery.Way(quality, retained, identifiers);
  }

  private static void writeEntry(Deed.Entry entry, RecordOutput out) {
    out.number(entry.place()).number(entry.size());
    writeWay(entry.way(), out);
    out.number(entry.expires()).number(entry.packetId()).octet(entry.flags());
  }

  private static Deed.Entry readEntry(RecordInput in) {
    return new Deed.Entry(
        in.number(), in.small(), readWay(in), in.number(), in.small(), in.octet());
  }

  private static void writeSubscription(Subscription subscription, RecordOutput out) {
    Subscription.Terms terms = subscription.terms();
    out.text(subscription.filter().text()).octet(subscription.most().level());
    out.truth(terms.noLocal()).truth(terms.asPublished()).octet(terms.retained().level());
    out.number(subscription.identifier());
  }

  private static Subscription readSubscription(RecordInput in) {
    String text = in.text();
    TopicFilter filter =
        TopicFilter.of(text)
            .orElseThrow(() -> MessagesFault.damaged("a filter that cannot be one"));
    Quality most = MessageCodec.quality(in.octet());
    boolean noLocal = in.truth();
    boolean asPublished = in.truth();
    Subscription.Retained retained = Subscription.Retained.of(in.octet());
    return new Subscription(
        filter, most, new Subscription.Terms(noLocal, asPublished, retained), in.small());
  }
}
