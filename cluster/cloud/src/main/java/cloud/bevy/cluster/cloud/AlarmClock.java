package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.Tasks.Timer;
import cloud.bevy.foundation.base.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Wakes clouds when they have something to do: one timer for the whole machine, and none where no
/// cloud has asked. Clouds are woken one after the other.
final class AlarmClock {
  /// A machine that was asleep, or whose clock was set, notices within this time.
  private static final Duration LONGEST = Duration.ofHours(1);

  /// How long what did not work is left alone.
  private static final Duration PAUSE = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final World world;
  private final Alarms alarms;
  private final Function<CloudKey, Optional<Lease>> open;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable AlarmHandler handler;
  private @Nullable Timer timer;
  private @Nullable Instant next;
  private @Nullable CompletableFuture<Void> running;
  private volatile boolean closed;

  AlarmClock(World world, Alarms alarms, Function<CloudKey, Optional<Lease>> open) {
    this.world = world;
    this.alarms = alarms;
    this.open = open;
  }

  /// Has alarms ring from now on, and those that were missed.
  void start(AlarmHandler what) {
    lock.lock();
    try {
      handler = what;
    } finally {
      lock.unlock();
    }
    wind(Duration.ZERO);
  }

  /// Has a cloud woken at a moment, or earlier if it would be anyway; durably.
  void wakeBy(CloudKey cloud, String name, Instant moment) {
    if (!alarms.by(cloud, name, moment)) {
      return;
    }
    lock.lock();
    try {
      boolean sooner = next == null || moment.isBefore(next);
      if (handler != null && running == null && sooner) {
        set(moment, Duration.ZERO);
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
      last = running;
    } finally {
      lock.unlock();
    }
    if (last == null) {
      return;
    }
    try {
      world.tasks().await(last, PATIENCE);
    } catch (TimeoutException late) {
      world.log().warning("a cloud was still at work when the machine stopped; it goes on later");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sets the timer for the earliest alarm there is.
  ///
  /// @param pause how long it waits at least
  private void wind(Duration pause) {
    Optional<Instant> earliest;
    try {
      earliest = alarms.all().stream().map(Alarm::moment).min(Instant::compareTo);
    } catch (Fault fault) {
      if (closed) {
        return; // the store is closed by now
      }
      throw fault;
    }
    lock.lock();
    try {
      next = null;
      earliest.ifPresent(moment -> set(moment, pause));
    } finally {
      lock.unlock();
    }
  }

  /// With the lock held.
  private void set(Instant moment, Duration pause) {
    cancel();
    if (closed) {
      return;
    }
    Duration until = Duration.between(world.time().now(), moment);
    Duration delay = until.compareTo(LONGEST) < 0 ? until : LONGEST;
    next = moment;
    timer =
        world.tasks().after(delay.compareTo(pause) < 0 ? pause : delay, "alarm-clock", this::run);
  }

  /// With the lock held.
  private void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void run() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    AlarmHandler what;
    lock.lock();
    try {
      what = handler;
      if (closed || running != null || what == null) {
        return;
      }
      if (next != null && next.isAfter(world.time().now())) {
        set(next, Duration.ZERO);
        return;
      }
      running = ended;
      timer = null;
    } finally {
      lock.unlock();
    }
    boolean done = false;
    try {
      done = ring(what);
    } finally {
      lock.lock();
      try {
        running = null;
      } finally {
        lock.unlock();
      }
      ended.complete(null);
      if (!closed) {
        wind(done ? Duration.ZERO : PAUSE);
      }
    }
  }

  /// Rings all alarms whose time has come.
  ///
  /// @return whether all that they rang for was done
  private boolean ring(AlarmHandler what) {
    Instant now = world.time().now();
    boolean done = true;
    for (Alarm alarm : alarms.all()) {
      if (!closed && !alarm.moment().isAfter(now)) {
        done &= ring(what, alarm);
      }
    }
    return done;
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
