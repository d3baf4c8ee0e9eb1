package cloud.bevy.services.buckets;

import java.util.concurrent.atomic.AtomicLong;

/// How many events there were since the machine started.
public final class EventCount {
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  EventCount() {}

  /// Those that functions have taken.
  public long taken() {
    return taken.get();
  }

  /// How often a function has not taken one, which is tried again.
  public long failed() {
    return failed.get();
  }

  /// Those that no function has taken in time.
  public long dropped() {
    return dropped.get();
  }

  void take() {
    taken.incrementAndGet();
  }

  void fail() {
    failed.incrementAndGet();
  }

  void drop() {
    dropped.incrementAndGet();
  }
}
