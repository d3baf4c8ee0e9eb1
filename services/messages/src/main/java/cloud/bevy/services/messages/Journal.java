package cloud.bevy.services.messages;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.core.Append;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Ticket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// The log of a cloud's messages: a core of which each block is one [Deed]. On disk there is
/// nothing until something has to last. Writers hold the lock of [Messages].
final class Journal {
  private static final String CORE = "messages";
  private static final int VERSION = 1;

  private final Core core;
  private final AtomicLong durable = new AtomicLong();
  private volatile boolean failed;

  /// How long the core is with what was appended here. Where it is not, something was lost.
  private long length;

  private long whole;
  private long bytes;
  private long[] live = {};
  private Ticket last;

  Journal(Cloud cloud) {
    this.core = cloud.log(CORE);
    this.durable.set(core.length());
    this.length = core.appended();
    this.last = Ticket.following(cloud.world().tasks(), CompletableFuture.completedFuture(null));
  }

  /// A block: what it says, and where the last whole begins.
  record Block(long whole, Deed record) {}

  /// How many blocks there are, durable or not.
  long length() {
    return length;
  }

  /// How many blocks are durable.
  long durable() {
    return durable.get();
  }

  /// Whether something that was appended will not last. What is in memory is then not what is in
  /// the journal.
  boolean failed() {
    return failed;
  }

  /// Where the last whole begins.
  long whole() {
    return whole;
  }

  /// How many bytes came since.
  long bytes() {
    return bytes;
  }

  /// Says when all is durable that was appended.
  Ticket last() {
    return last;
  }

  /// Notes where the last whole begins, and where the messages are that it needs.
  void whole(long place, long[] needed) {
    whole = place;
    live = needed.clone();
    bytes = 0;
  }

  /// Where the messages are that the last whole needs, in ascending order.
  long[] live() {
    return live.clone();
  }

  /// Appends a record.
  ///
  /// @param then done once it is durable, or never will be; short
  /// @return where it is
  long append(Deed record, List<Runnable> then) {
    return append(record, whole, then);
  }

  /// The same in a whole that is its own beginning or goes on.
  long append(Deed record, long begin, List<Runnable> then) {
    RecordOutput out = new RecordOutput().octet(VERSION).number(begin);
    RecordCodec.write(record, out);
    byte[] block = out.toArray();
    Append append = append(block);
    length = append.length();
    bytes += block.length;
    last = append.ticket();
    var _ =
        append
            .ticket()
            .stage()
            .whenComplete((_, failure) -> {
              if (failure == null) {
                durable.accumulateAndGet(append.length(), Math::max);
              } else {
                failed = true;
              }
              then.forEach(Runnable::run);
            });
    return append.start();
  }

  private Append append(byte[] block) {
    try {
      return core.append(length, List.of(block));
    } catch (RuntimeException lost) {
      failed = true;
      throw lost;
    }
  }

  /// The block at a place.
  ///
  /// @throws MessagesFault where it is not there
  Block read(long place) {
    return switch (core.get(place)) {
      case BlockLookup.Found(var found) -> {
        RecordInput in = new RecordInput(found);
        int version = in.octet();
        if (version != VERSION) {
          throw MessagesFault.newer(version);
        }
        long begin = in.number();
        yield new Block(begin, RecordCodec.read(in));
      }
      case BlockLookup.Missing(long index) ->
          throw MessagesFault.damaged("block " + index + " is missing");
      case BlockLookup.Corrupt(long index, String reason) ->
          throw MessagesFault.damaged("block " + index + ": " + reason);
    };
  }

  /// The message at a place.
  Message message(long place) {
    if (read(place).record() instanceof Deed.Published published) {
      return published.message();
    }
    throw MessagesFault.damaged("there is no message in block " + place);
  }

  /// Forgets blocks.
  ///
  /// @return when they are forgotten for good
  Ticket clear(long from, long to) {
    return core.clear(from, to);
  }
}
