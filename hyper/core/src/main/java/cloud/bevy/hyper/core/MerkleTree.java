package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.TreeNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The growing end of a core's tree: its length and its roots, from which the hash follows that the
/// core signs. The nodes below the roots are handed out as they are made. Belongs to one task at a
/// time.
public final class MerkleTree {
  private final TreeHasher hasher = new TreeHasher();
  private final List<TreeNode> roots;
  private long length;
  private long byteLength;

  /// The tree of no block.
  public MerkleTree() {
    this(List.of());
  }

  /// The tree with these roots.
  ///
  /// @throws IllegalArgumentException unless they are the full roots of some length
  public MerkleTree(List<TreeNode> roots) {
    this.roots = new ArrayList<>(roots);
    for (TreeNode root : roots) {
      length += FlatTree.leaves(root.index());
      byteLength += root.size();
    }
    long[] expected = FlatTree.fullRoots(length);
    for (int at = 0; at < expected.length; at++) {
      if (roots.size() != expected.length || roots.get(at).index() != expected[at]) {
        throw new IllegalArgumentException("not the roots of a tree: " + roots);
      }
    }
  }

  /// A tree of its own that starts where this one is.
  public MerkleTree copy() {
    return new MerkleTree(roots);
  }

  /// How many blocks there are.
  public long length() {
    return length;
  }

  /// How many bytes there are in all blocks.
  public long byteLength() {
    return byteLength;
  }

  /// The roots, from the left.
  public List<TreeNode> roots() {
    return List.copyOf(roots);
  }

  /// The hash over all roots.
  public byte[] hash() {
    return hasher.root(roots);
  }

  /// Appends a block.
  ///
  /// @param completed takes the nodes that the block completes: its leaf, then its parents upwards
  public void append(byte[] block, Consumer<TreeNode> completed) {
    appendLeaf(block.length, hasher.leafHash(ByteBuffer.wrap(block)), completed);
  }

  /// Appends a block of which only size and hash are known.
  public void appendLeaf(long size, byte[] hash, Consumer<TreeNode> completed) {
    appendNode(new TreeNode(2 * length, size, hash), completed);
  }

  /// Appends a whole tree of which only the topmost node is known.
  ///
  /// @throws IllegalArgumentException unless it is one that can come next
  void appendNode(TreeNode next, Consumer<TreeNode> completed) {
    if (FlatTree.leftSpan(next.index()) != 2 * length) {
      throw new IllegalArgumentException(next + " does not come after " + length + " blocks");
    }
    length += FlatTree.leaves(next.index());
    byteLength += next.size();
    TreeNode node = next;
    completed.accept(node);
    while (!roots.isEmpty() && roots.getLast().index() == FlatTree.sibling(node.index())) {
      node = hasher.parent(roots.removeLast(), node);
      completed.accept(node);
    }
    roots.add(node);
  }
}
