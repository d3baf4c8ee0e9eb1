package cloud.bevy.foundation.http;

import java.util.concurrent.atomic.AtomicLong;

/// How much of bodies may be held in memory, of all connections together. While there is plenty of
/// it each connection may hold a wide window, so that tasks and event loops seldom wait for each
/// other; a thousand slow callers get a narrow one each.
final class Budget {
  /// A connection's window while others hold little.
  static final long WIDE = 512 << 10;

  /// A connection's window once all together hold much.
  static final long NARROW = 16 << 10;

  /// What "much" is.
  static final long PLENTY = 16 << 20;

  private final AtomicLong held = new AtomicLong();

  /// How much one connection may hold in one direction now.
  long window() {
    return held.get() < PLENTY ? WIDE : NARROW;
  }

  /// Says that a connection holds so much more, or less.
  void add(long bytes) {
    held.addAndGet(bytes);
  }
}
