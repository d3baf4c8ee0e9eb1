package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.Tasks.Timer;
import cloud.bevy.foundation.base.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Wakes clouds when they have something to do: one timer for the whole machine, and none where no
/// cloud has asked. Clouds that are to work are woken one after the other; those that will mostly
/// wait for others, some at a time beside them.
final class AlarmClock {
  /// A machine that was asleep, or whose clock was set, notices within this time.
  private static final Duration LONGEST = Duration.ofHours(1);

  /// How long what did not work is left alone.
  private static final Duration PAUSE = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// How many clouds wait for others at the same time.
  private static final int MOST_WAITING = 16;

  /// How often one cloud waits for others at the same time, so that none takes all the room.
  private static final int MOST_OF_ONE = 4;

  private final World world;
  private final Alarms alarms;
  private final Function<CloudKey, Optional<Lease>> open;
  private final ReentrantLock lock = new ReentrantLock();

  /// What rings now.
  private final Map<Alarms.Id, Ring> running = new HashMap<>();

  /// Until when what did not work is left alone.
  private final Map<Alarms.Id, Instant> paused = new HashMap<>();

  private @Nullable AlarmHandler handler;
  private @Nullable Timer timer;
  private @Nullable Instant next;
  private volatile boolean closed;

  AlarmClock(World world, Alarms alarms, Function<CloudKey, Optional<Lease>> open) {
    this.world = world;
    this.alarms = alarms;
    this.open = open;
  }

  /// @param waits whether it mostly waits for others
  private record Ring(boolean waits, CompletableFuture<Void> ended) {}

  /// Has alarms ring from now on, and those that were missed.
  void start(AlarmHandler what) {
    lock.lock();
    try {
      handler = what;
    } finally {
      lock.unlock();
    }
    ringAll();
  }

  /// Has a cloud woken at a moment, or earlier if it would be anyway; durably.
  void wakeBy(CloudKey cloud, String name, Instant moment) {
    if (alarms.by(cloud, name, moment)) {
      setFor(cloud, name, moment);
    }
  }

  /// Has a cloud woken now, unless it is to be woken for that anyway, however late; durably.
  void wakeUnlessAsked(CloudKey cloud, String name) {
    Instant now = world.time().now();
    if (alarms.unlessAsked(cloud, name, now)) {
      setFor(cloud, name, now);
    }
  }

  private void setFor(CloudKey cloud, String name, Instant moment) {
    lock.lock();
    try {
      if (handler != null && !running.containsKey(new Alarms.Id(cloud, name))) {
        set(moment);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Rings no more. What rings now may end what it has begun.
  void close() {
    CompletableFuture<Void> last;
    lock.lock();
    try {
      closed = true;
      cancel();
      last =
          CompletableFuture.allOf(
              running.values().stream().map(Ring::ended).toArray(CompletableFuture[]::new));
    } finally {
      lock.unlock();
    }
    try {
      world.tasks().await(last, PATIENCE);
    } catch (TimeoutException late) {
      world.log().warning("a cloud was still at work when the machine stopped; it goes on later");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sets the timer, unless it fires earlier anyway. With the lock held.
  private void set(Instant moment) {
    if (closed || (next != null && !moment.isBefore(next))) {
      return;
    }
    cancel();
    Duration until = Duration.between(world.time().now(), moment);
    Duration delay = until.compareTo(LONGEST) < 0 ? until : LONGEST;
    next = moment;
    timer =
        world.tasks().after(delay.isNegative() ? Duration.ZERO : delay, "alarm-clock", this::fire);
  }

  /// With the lock held.
  private void cancel() {
    next = null;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void fire() {
    lock.lock();
    try {
      Instant moment = next;
      if (moment != null && moment.isAfter(world.time().now())) {
        cancel();
        set(moment);
        return;
      }
    } finally {
      lock.unlock();
    }
    ringAll();
  }

  /// Rings all alarms whose time has come and for which there is room, the earliest first, and sets
  /// the timer for the others. Where there is no room, whoever ends does so again.
  private void ringAll() {
    lock.lock();
    try {
      cancel();
    } finally {
      lock.unlock();
    }
    List<Alarm> all;
    try {
      all = alarms.all();
    } catch (Fault fault) {
      if (closed) {
        return; // the store is closed by now
      }
      throw fault;
    }
    lock.lock();
    try {
      AlarmHandler what = handler;
      if (!closed && what != null) {
        all.stream()
            .sorted(Comparator.comparing(Alarm::moment))
            .forEach(alarm -> ringInTime(what, alarm));
      }
    } finally {
      lock.unlock();
    }
  }

  /// With the lock held.
  private void ringInTime(AlarmHandler what, Alarm alarm) {
    Alarms.Id id = alarm.id();
    boolean waits = what.waits(alarm.name());
    if (running.containsKey(id) || !room(waits, alarm.cloud())) {
      return;
    }
    Instant pause = paused.getOrDefault(id, Instant.MIN);
    Instant due = alarm.moment().isAfter(pause) ? alarm.moment() : pause;
    if (due.isAfter(world.time().now())) {
      set(due);
      return;
    }
    Ring ring = new Ring(waits, new CompletableFuture<>());
    running.put(id, ring);
    world.tasks().start("alarm", () -> ring(what, alarm, ring));
  }

  private boolean room(boolean waits, CloudKey cloud) {
    long there = running.values().stream().filter(ring -> ring.waits() == waits).count();
    if (!waits) {
      return there < 1;
    }
    long ofCloud =
        running.entrySet().stream()
            .filter(each -> each.getValue().waits() && each.getKey().cloud().equals(cloud))
            .count();
    return there < MOST_WAITING && ofCloud < MOST_OF_ONE;
  }

  private void ring(AlarmHandler what, Alarm alarm, Ring ring) {
    boolean done = false;
    try {
      done = ring(what, alarm);
    } finally {
      lock.lock();
      try {
        running.remove(alarm.id());
        if (done) {
          paused.remove(alarm.id());
        } else {
          paused.put(alarm.id(), world.time().now().plus(PAUSE));
        }
      } finally {
        lock.unlock();
      }
      ring.ended().complete(null);
      if (!closed) {
        ringAll();
      }
    }
  }

  private boolean ring(AlarmHandler what, Alarm alarm) {
    alarms.begin(alarm);
    try (Lease lease = open.apply(alarm.cloud()).orElse(null)) {
      Optional<Instant> again =
          lease == null ? Optional.empty() : what.ring(lease.cloud(), alarm.name(), () -> closed);
      alarms.end(alarm, again);
      return true;
    } catch (RuntimeException failure) { // others' alarms ring nevertheless
      alarms.fail(alarm);
      if (!closed) {
        world
            .log()
            .warning(
                "\"%s\" of cloud %s is not done and is tried again in an hour: %s"
                    .formatted(alarm.name(), alarm.cloud(), Fault.describe(failure)));
      }
      return false;
    }
  }
}
