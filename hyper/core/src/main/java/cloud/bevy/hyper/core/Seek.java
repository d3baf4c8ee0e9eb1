package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.TreeNode;
import java.util.Optional;

/// Finds bytes by their offset in a whole core, by way of the sizes in its tree.
///
/// @param core where the tree is
/// @param head up to where to look
/// @param padding bytes at the start of each block that do not count
record Seek(StoredCore core, Head head, long padding) {
  Optional<Place> find(long offset) {
    if (offset < 0 || offset >= head.byteLength() - padding * head.length()) {
      return Optional.empty();
    }
    long rest = offset;
    for (long root : FlatTree.fullRoots(head.length())) {
      Optional<TreeNode> node = core.node(root);
      if (node.isEmpty()) {
        return Optional.empty();
      }
      if (rest < size(node.get())) {
        return descend(root, rest);
      }
      rest -= size(node.get());
    }
    return Optional.empty();
  }

  /// The lowest node on the way to a byte whose children are not here; nothing where the way is all
  /// here, or leads nowhere.
  Optional<Long> gap(long offset) {
    long rest = offset;
    for (long root : FlatTree.fullRoots(head.length())) {
      Optional<TreeNode> node = core.node(root);
      if (node.isEmpty() || rest < 0) {
        return Optional.empty();
      }
      if (rest < size(node.get())) {
        return gapBelow(root, rest);
      }
      rest -= size(node.get());
    }
    return Optional.empty();
  }

  private Optional<Long> gapBelow(long root, long offset) {
    long index = root;
    long rest = offset;
    while (FlatTree.depth(index) > 0) {
      Optional<TreeNode> left = core.node(FlatTree.leftChild(index));
      if (left.isEmpty()) {
        return Optional.of(index);
      }
      boolean inLeft = rest < size(left.get());
      rest -= inLeft ? 0 : size(left.get());
      index = inLeft ? FlatTree.leftChild(index) : FlatTree.rightChild(index);
    }
    return Optional.empty();
  }

  private long size(TreeNode node) {
    return node.size() - padding * FlatTree.leaves(node.index());
  }

  private Optional<Place> descend(long root, long offset) {
    long index = root;
    long rest = offset;
    while (FlatTree.depth(index) > 0) {
      Optional<TreeNode> left = core.node(FlatTree.leftChild(index));
      if (left.isEmpty()) {
        return Optional.empty();
      }
      boolean inLeft = rest < size(left.get());
      rest -= inLeft ? 0 : size(left.get());
      index = inLeft ? FlatTree.leftChild(index) : FlatTree.rightChild(index);
    }
    return Optional.of(new Place(index / 2, rest));
  }
}
