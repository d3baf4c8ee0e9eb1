package cloud.bevy.hyper.store;

import java.util.Arrays;

/// A node of a core's Merkle tree. The array belongs to the node and is not changed by anyone.
///
/// @param index the node's flat-tree index: leaf `i` is `2 i`
/// @param size bytes in all blocks below the node
/// @param hash 32 bytes
public record TreeNode(long index, long size, byte[] hash) {
  /// How many bytes a hash has.
  public static final int HASH_BYTES = 32;

  static final long MAXIMUM_INDEX = (1L << 60) - 1;

  /// Checks the hash's length and that index and size are in range.
  public TreeNode {
    if (hash.length != HASH_BYTES || index < 0 || index > MAXIMUM_INDEX || size < 0) {
      throw new IllegalArgumentException(
          "no tree node: index " + index + ", size " + size + ", hash of " + hash.length);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeNode node
        && index == node.index
        && size == node.size
        && Arrays.equals(hash, node.hash);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(index) * 31 + Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return "TreeNode[" + index + ", size " + size + "]";
  }

  /// Numbers nodes in the order in which blocks complete them, without a gap: the nodes that blocks
  /// below `n` complete are numbered below [#completedBy(long)] of `n`.
  static long position(long index) {
    int depth = Long.numberOfTrailingZeros(~index);
    long lastBlock = (((index >>> (depth + 1)) + 1) << depth) - 1;
    return completedBy(lastBlock) + depth;
  }

  /// The node that has a position.
  static long index(long position) {
    long block = position / 2;
    while (completedBy(block + 1) <= position) {
      block++;
    }
    int depth = (int) (position - completedBy(block));
    long offset = ((block + 1) >>> depth) - 1;
    return (offset << (depth + 1)) + (1L << depth) - 1;
  }

  /// How many nodes the first `blocks` blocks complete.
  static long completedBy(long blocks) {
    return 2 * blocks - Long.bitCount(blocks);
  }
}
