package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.TreeNode;
import java.util.Optional;

/// Finds bytes by their offset in a whole core, by way of the sizes in its tree.
///
/// @param core where the tree is
/// @param head up to where to look
record Seek(StoredCore core, Head head) {
  Optional<Place> find(long offset) {
    if (offset < 0 || offset >= head.byteLength()) {
      return Optional.empty();
    }
    long rest = offset;
    for (long root : FlatTree.fullRoots(head.length())) {
      Optional<TreeNode> node = core.node(root);
      if (node.isEmpty()) {
        return Optional.empty();
      }
      if (rest < node.get().size()) {
        return descend(root, rest);
      }
      rest -= node.get().size();
    }
    return Optional.empty();
  }

  private Optional<Place> descend(long root, long offset) {
    long index = root;
    long rest = offset;
    while (FlatTree.depth(index) > 0) {
      Optional<TreeNode> left = core.node(FlatTree.leftChild(index));
      if (left.isEmpty()) {
        return Optional.empty();
      }
      boolean inLeft = rest < left.get().size();
      rest -= inLeft ? 0 : left.get().size();
      index = inLeft ? FlatTree.leftChild(index) : FlatTree.rightChild(index);
    }
    return Optional.of(new Place(index / 2, rest));
  }
}
