package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// When which cloud of this machine has something to do, in a bee of the machine. On disk there is
/// nothing until a cloud first has. Whatever a cloud asks for is durable before it is told so: an
/// alarm may ring for nothing, and is never missed.
final class Alarms {
  private final Bee bee;
  private final Durability durability;

  /// Those that ring now.
  private final Map<Id, Ringing> ringing = new ConcurrentHashMap<>();

  Alarms(Bee bee, Durability durability) {
    this.bee = bee;
    this.durability = durability;
  }

  /// Which alarm.
  record Id(CloudKey cloud, String name) {
    private byte[] key() {
      return Alarm.key(cloud, name);
    }
  }

  /// What was asked for while an alarm rang. Used in the bee's turn.
  private static final class Ringing {
    private Optional<Instant> again = Optional.empty();

    /// When it rings again where nothing else says so.
    private Optional<Instant> otherwise = Optional.empty();

    void again(Instant moment) {
      again = earlier(again, Optional.of(moment));
    }

    void otherwise(Instant moment) {
      otherwise = earlier(otherwise, Optional.of(moment));
    }

    Optional<Instant> next(Optional<Instant> said) {
      return earlier(again, said).or(() -> otherwise);
    }
  }

  /// Has an alarm ring at a moment, or earlier if it would anyway; durably.
  ///
  /// @return whether it was later, or was none, before
  boolean by(CloudKey cloud, String name, Instant moment) {
    Id id = new Id(cloud, name);
    if (!ringing.containsKey(id) && bee.now().get(id.key()).filter(notAfter(moment)).isPresent()) {
      return false;
    }
    boolean lowered;
    Ticket ticket;
    try (BeeBatch batch = bee.batch()) {
      lowered = batch.get(id.key()).filter(notAfter(moment)).isEmpty();
      Ringing rings = ringing.get(id);
      if (lowered) {
        batch.put(id.key(), Alarm.value(moment));
      }
      if (rings != null) {
        rings.again(moment);
      }
      ticket = batch.commit();
    }
    durability.await(ticket);
    return lowered;
  }

  /// Has an alarm ring at a moment, unless there is one of that name, however late it rings;
  /// durably.
  ///
  /// @return whether there was none before
  boolean unlessAsked(CloudKey cloud, String name, Instant moment) {
    Id id = new Id(cloud, name);
    if (!ringing.containsKey(id) && bee.now().get(id.key()).isPresent()) {
      return false;
    }
    boolean none;
    Ticket ticket;
    try (BeeBatch batch = bee.batch()) {
      none = batch.get(id.key()).isEmpty();
      Ringing rings = ringing.get(id);
      if (none) {
        batch.put(id.key(), Alarm.value(moment));
      }
      if (rings != null) {
        rings.otherwise(moment);
      }
      ticket = batch.commit();
    }
    durability.await(ticket);
    return none;
  }

  /// An entry that is not later than a moment.
  private static Predicate<BeeEntry> notAfter(Instant moment) {
    return entry -> read(entry).filter(alarm -> !alarm.moment().isAfter(moment)).isPresent();
  }

  /// Says that an alarm rings. Until [#end] or [#fail] it stays on disk as it is.
  void begin(Alarm alarm) {
    ringing.put(alarm.id(), new Ringing());
  }

  /// Says that what an alarm rang for is done, durably.
  ///
  /// @param next when it rings again; what was asked for while it rang counts as well
  void end(Alarm alarm, Optional<Instant> next) {
    Id id = alarm.id();
    Ticket ticket;
    try (BeeBatch batch = bee.batch()) {
      Ringing rings = ringing.get(id);
      Optional<Instant> again = rings == null ? next : rings.next(next);
      if (again.isPresent()) {
        batch.put(id.key(), Alarm.value(again.get()));
      } else {
        batch.delete(id.key());
      }
      ticket = batch.commit();
    }
    try {
      durability.await(ticket);
    } finally {
      ringing.remove(id);
    }
  }

  /// Says that what an alarm rang for is not done: it is still to ring.
  void fail(Alarm alarm) {
    ringing.remove(alarm.id());
  }

  /// All alarms.
  List<Alarm> all() {
    List<Alarm> all = new ArrayList<>();
    bee.now().range(Range.all()).forEachRemaining(entry -> read(entry).ifPresent(all::add));
    return all;
  }

  private static Optional<Alarm> read(BeeEntry entry) {
    return Alarm.decode(entry.key(), entry.value());
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return one.isEmpty() || (other.isPresent() && other.get().isBefore(one.get())) ? other : one;
  }
}
