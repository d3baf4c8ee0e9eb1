package cloud.bevy.hyper.core;

import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.hyper.store.TreeNode;
import java.util.List;

/// Hashes the nodes of a core's tree. Belongs to one task at a time.
final class TreeHasher {
  private static final byte LEAF = 0;
  private static final byte PARENT = 1;
  private static final byte ROOT = 2;

  private final Blake2b hasher = Blake2b.plain(TreeNode.HASH_BYTES);

  /// The node of a block.
  TreeNode leaf(long block, byte[] value) {
    return new TreeNode(2 * block, value.length, leafHash(value));
  }

  /// The hash of a block.
  byte[] leafHash(byte[] value) {
    return hasher.reset().update(LEAF).updateLong(value.length).digest(value);
  }

  /// The node above two others.
  TreeNode parent(TreeNode left, TreeNode right) {
    long size = left.size() + right.size();
    hasher.reset().update(PARENT).updateLong(size).update(left.hash()).update(right.hash());
    return new TreeNode(FlatTree.parent(left.index()), size, hasher.digest());
  }

  /// The hash over all roots of a tree, which is what a core signs.
  byte[] root(List<TreeNode> roots) {
    hasher.reset().update(ROOT);
    for (TreeNode root : roots) {
      hasher.update(root.hash()).updateLong(root.index()).updateLong(root.size());
    }
    return hasher.digest();
  }
}
