package cloud.bevy.hyper.core;

import java.util.Arrays;

/// The numbering of a binary tree's nodes in a row: leaf `i` is `2 i`, and each parent lies
/// half-way between its children. Depth counts from the leaves, which have depth 0.
public final class FlatTree {
  private FlatTree() {}

  /// The roots of the trees that the first `length` blocks make, from the left.
  public static long[] fullRoots(long length) {
    return cover(0, length);
  }

  /// The topmost nodes that together cover the blocks from `from` up to but not including `to`,
  /// from the left: what must be added to a tree of `from` blocks to make it one of `to`.
  public static long[] cover(long from, long to) {
    if (from < 0 || from > to) {
      throw new IllegalArgumentException("no range of blocks: " + from + " to " + to);
    }
    long[] nodes = new long[2 * Long.SIZE];
    int count = 0;
    for (long at = from; at < to; at += leaves(nodes[count++])) {
      long fits = Long.highestOneBit(to - at);
      long aligned = at == 0 ? fits : Math.min(fits, Long.lowestOneBit(at));
      nodes[count] = 2 * at + aligned - 1;
    }
    return Arrays.copyOf(nodes, count);
  }

  /// How many levels the node is above the leaves.
  public static int depth(long index) {
    return Long.numberOfTrailingZeros(~index);
  }

  /// How many nodes of the same depth are to the left of the node.
  public static long offset(long index) {
    return index >>> (depth(index) + 1);
  }

  /// The node of that depth with that many nodes to its left.
  public static long index(int depth, long offset) {
    return (offset << (depth + 1)) | ((1L << depth) - 1);
  }

  /// The node's parent.
  public static long parent(long index) {
    return index(depth(index) + 1, offset(index) >>> 1);
  }

  /// The other child of the node's parent.
  public static long sibling(long index) {
    return index(depth(index), offset(index) ^ 1);
  }

  /// The left child; a leaf has none.
  public static long leftChild(long index) {
    return child(index, 0);
  }

  /// The right child; a leaf has none.
  public static long rightChild(long index) {
    return child(index, 1);
  }

  /// The leftmost leaf below the node.
  public static long leftSpan(long index) {
    return offset(index) << (depth(index) + 1);
  }

  /// The rightmost leaf below the node.
  public static long rightSpan(long index) {
    return ((offset(index) + 1) << (depth(index) + 1)) - 2;
  }

  /// How many leaves are below the node; a leaf counts itself.
  public static long leaves(long index) {
    return 1L << depth(index);
  }

  /// Whether `other` is the node itself or below it.
  public static boolean contains(long index, long other) {
    return leftSpan(index) <= other && other <= rightSpan(index);
  }

  private static long child(long index, int side) {
    int depth = depth(index);
    if (depth == 0) {
      throw new IllegalArgumentException("leaf " + index + " has no children");
    }
    return index(depth - 1, 2 * offset(index) + side);
  }
}
