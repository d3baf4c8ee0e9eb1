package cloud.bevy.hyper.core;

import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.Blake2bLanes;
import cloud.bevy.hyper.store.TreeNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hashes the nodes of a core's tree. Belongs to one task at a time.
final class TreeHasher {
  private static final byte LEAF = 0;
  private static final byte PARENT = 1;
  private static final byte ROOT = 2;

  private final Blake2b hasher = Blake2b.plain(TreeNode.HASH_BYTES);
  private @Nullable Blake2bLanes lanes;

  /// The node of a block.
  TreeNode leaf(long block, ByteBuffer value) {
    return new TreeNode(2 * block, value.remaining(), leafHash(value));
  }

  /// The hash of a block.
  byte[] leafHash(ByteBuffer value) {
    return hasher.reset().update(LEAF).updateLong(value.remaining()).digest(value);
  }

  /// The hashes of blocks: side by side where that pays and many in a row have the same size.
  ///
  /// @param values in arrays
  List<byte[]> leafHashes(List<ByteBuffer> values) {
    List<byte[]> hashes = new ArrayList<>(values.size());
    while (hashes.size() < values.size()) {
      int from = hashes.size();
      int to = from + 1;
      int size = values.get(from).remaining();
      int most = Math.min(values.size(), from + Blake2bLanes.MOST);
      while (to < most && values.get(to).remaining() == size) {
        to++;
      }
      if (Blake2bLanes.pays(to - from, size)) {
        hashes.addAll(sideBySide(size, values.subList(from, to)));
      } else {
        values.subList(from, to).forEach(value -> hashes.add(leafHash(value)));
      }
    }
    return hashes;
  }

  private List<byte[]> sideBySide(int size, List<ByteBuffer> values) {
    Blake2bLanes side = lanes;
    if (side == null) {
      side = new Blake2bLanes(TreeNode.HASH_BYTES);
      lanes = side;
    }
    ByteBuffer before = ByteBuffer.allocate(1 + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return side.hash(before.put(LEAF).putLong(size).array(), values);
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
