package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.Time;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A time limit that is set anew with every bit of progress. Confined to its event loop. Moving it
/// later costs no timer: the one that is running finds out when it fires.
final class Deadline {
  private final EventLoop loop;
  private final Time time;
  private final Runnable missed;
  private boolean set;
  private long at;
  private long fires;
  private @Nullable Future<?> timer;

  /// @param missed what to do on the event loop when the deadline passes
  Deadline(EventLoop loop, Time time, Runnable missed) {
    this.loop = loop;
    this.time = time;
    this.missed = missed;
  }

  /// Starts the limit anew.
  void set(Duration limit) {
    set = true;
    at = time.nanos() + limit.toNanos();
    if (timer != null && fires - at > 0) {
      timer.cancel(false);
      timer = null;
    }
    if (timer == null) {
      schedule(limit.toNanos());
    }
  }

  /// Starts the limit where none runs.
  void setIfClear(Duration limit) {
    if (!set) {
      set(limit);
    }
  }

  /// Whether a limit runs.
  boolean isSet() {
    return set;
  }

  /// Lifts the limit.
  void clear() {
    set = false;
  }

  /// Lifts the limit for good and leaves no timer.
  void cancel() {
    set = false;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void schedule(long nanos) {
    fires = at;
    timer = loop.schedule(this::fire, nanos, TimeUnit.NANOSECONDS);
  }

  private void fire() {
    timer = null;
    if (!set) {
      return;
    }
    long left = at - time.nanos();
    if (left > 0) {
      schedule(left);
      return;
    }
    set = false;
    missed.run();
  }
}
