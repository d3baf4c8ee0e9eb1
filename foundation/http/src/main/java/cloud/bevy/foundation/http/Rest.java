package cloud.bevy.foundation.http;

import java.util.concurrent.atomic.AtomicBoolean;

/// Whether a connection could be closed without anybody losing more than a connection, and since
/// when. From any task; begun and ended by the connection's event loop alone.
final class Rest {
  private final AtomicBoolean resting = new AtomicBoolean();
  private volatile long since;

  /// @param now in the world's nanoseconds
  void begin(long now) {
    since = now;
    resting.set(true);
  }

  void end() {
    resting.set(false);
  }

  /// Whether there is such a rest, longer than another one.
  boolean isLongerThan(Rest other) {
    return resting.get() && (!other.resting.get() || since - other.since < 0);
  }

  /// Ends it, for whoever is first to want the connection closed.
  ///
  /// @return whether that is the caller
  boolean take() {
    return resting.compareAndSet(true, false);
  }
}
