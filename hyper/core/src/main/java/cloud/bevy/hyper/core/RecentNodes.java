package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.TreeNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Nodes of a core's tree that were met lately and are in the store, so that neighbouring blocks
/// need not read them again. Each has one place it can be in; the next that belongs there takes it.
/// Belongs to whoever has the core's turn.
final class RecentNodes {
  /// How many there are at most.
  static final int MOST = 1 << 12;

  private static final int FIRST = 1 << 6;
  private static final long HASH = 0x9e3779b97f4a7c15L;

  private @Nullable TreeNode[] places = new @Nullable TreeNode[FIRST];
  private int misses;

  @Nullable TreeNode find(long index) {
    TreeNode found = places[place(index)];
    return found != null && found.index() == index ? found : null;
  }

  void keep(TreeNode node) {
    int place = place(node.index());
    TreeNode before = places[place];
    if (before != null && before.index() != node.index() && ++misses > places.length) {
      grow();
      place = place(node.index());
    }
    places[place] = node;
  }

  void clear() {
    Arrays.fill(places, null);
  }

  private void grow() {
    misses = 0;
    if (places.length == MOST) {
      return;
    }
    @Nullable TreeNode[] before = places;
    places = new @Nullable TreeNode[before.length * 4];
    for (TreeNode node : before) {
      if (node != null) {
        places[place(node.index())] = node;
      }
    }
  }

  private int place(long index) {
    return (int) ((index * HASH) >>> 40) & (places.length - 1);
  }
}
