package cloud.bevy.doors.http;

import java.util.concurrent.atomic.LongAdder;

/// A number that only grows.
public final class Counter {
  private final LongAdder value = new LongAdder();

  /// Starts at zero.
  public Counter() {}

  /// Adds one.
  public void increment() {
    value.increment();
  }

  /// Adds `count`.
  public void add(long count) {
    value.add(count);
  }

  /// The number now.
  public long value() {
    return value.sum();
  }
}
