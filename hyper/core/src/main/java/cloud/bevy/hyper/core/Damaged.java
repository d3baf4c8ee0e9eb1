package cloud.bevy.hyper.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Blocks and tree nodes of a core that were found damaged on the disk, so that what comes from
/// elsewhere takes their place.
final class Damaged {
  /// How many of either kind are remembered; the others are found again when they are read again.
  static final int MOST = 1 << 10;

  private final Set<Long> blocks = ConcurrentHashMap.newKeySet();
  private final Set<Long> nodes = ConcurrentHashMap.newKeySet();

  void noteBlock(long index) {
    if (blocks.size() < MOST) {
      blocks.add(index);
    }
  }

  void noteNode(long index) {
    if (nodes.size() < MOST) {
      nodes.add(index);
    }
  }

  /// Whether the node was met damaged.
  boolean hasNode(long index) {
    return !nodes.isEmpty() && nodes.contains(index);
  }

  /// Whether the block was met damaged.
  boolean hasBlock(long index) {
    return !blocks.isEmpty() && blocks.contains(index);
  }

  /// Whether the block was met damaged; then it is no more.
  boolean mendBlock(long index) {
    return !blocks.isEmpty() && blocks.remove(index);
  }

  /// The node is stored again.
  void mendNode(long index) {
    if (!nodes.isEmpty()) {
      nodes.remove(index);
    }
  }
}
