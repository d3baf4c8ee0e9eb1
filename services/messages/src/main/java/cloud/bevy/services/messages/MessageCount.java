package cloud.bevy.services.messages;

import java.util.concurrent.atomic.AtomicLong;

/// How many messages there were since the machine started.
public final class MessageCount {
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  MessageCount() {}

  /// Those that were taken.
  public long published() {
    return published.get();
  }

  /// Those that were told, each client counted.
  public long delivered() {
    return delivered.get();
  }

  /// Those of [Quality#AT_MOST_ONCE] that did not go to somebody who was too slow, and those that
  /// nobody could be told of in time.
  public long dropped() {
    return dropped.get();
  }

  void publish() {
    published.incrementAndGet();
  }

  void deliver(long count) {
    delivered.addAndGet(count);
  }

  void drop() {
    dropped.incrementAndGet();
  }
}
