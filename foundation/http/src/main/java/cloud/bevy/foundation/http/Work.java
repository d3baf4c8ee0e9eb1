package cloud.bevy.foundation.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A request's share in what a server works on. It has none while it waits for its caller, or once
/// its handler has returned: a caller who is slow keeps nobody else out. From any task.
final class Work implements Waiting {
  private final AtomicInteger all;
  private final AtomicInteger waits = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  /// @param all how many requests are worked on, this one among them
  Work(AtomicInteger all) {
    this.all = all;
  }

  @Override
  public void begins() {
    if (waits.getAndIncrement() == 0) {
      all.decrementAndGet();
    }
  }

  @Override
  public void ends() {
    if (waits.decrementAndGet() == 0) {
      all.incrementAndGet();
    }
  }

  /// Says that nobody works on the request any more, whoever still waits.
  void over() {
    if (over.compareAndSet(false, true)) {
      begins();
    }
  }
}
