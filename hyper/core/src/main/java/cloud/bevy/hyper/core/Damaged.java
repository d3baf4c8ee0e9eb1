package cloud.bevy.hyper.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Blocks of a core that were found damaged on the disk, so that what comes from elsewhere takes
/// their place.
final class Damaged {
  /// How many are remembered; the others are found again when they are read again.
  static final int MOST = 1 << 10;

  private final Set<Long> blocks = ConcurrentHashMap.newKeySet();

  void note(long index) {
    if (blocks.size() < MOST) {
      blocks.add(index);
    }
  }

  /// Whether the block was damaged; then it is no more.
  boolean mend(long index) {
    return !blocks.isEmpty() && blocks.remove(index);
  }
}
