package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.TreeNode;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Nodes of a core's tree that were read lately to prove something, in one era of the core. Each
/// has one place it can be in; the next that belongs there takes it. Safe for use by several tasks.
final class ServedNodes {
  /// How many there are at most.
  static final int MOST = 1 << 11;

  private static final long HASH = 0x9e3779b97f4a7c15L;

  private final long era;
  private final AtomicReferenceArray<@Nullable TreeNode> places = new AtomicReferenceArray<>(MOST);

  ServedNodes(long era) {
    this.era = era;
  }

  long era() {
    return era;
  }

  @Nullable TreeNode find(long index) {
    TreeNode found = places.get(place(index));
    return found != null && found.index() == index ? found : null;
  }

  void keep(TreeNode node) {
    places.set(place(node.index()), node);
  }

  private static int place(long index) {
    return (int) ((index * HASH) >>> 40) & (MOST - 1);
  }
}
