package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Verification.Damage;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.TreeNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Checks what the store has of a core that need not all be here, from the roots of its tree
/// downwards: whatever is here must follow from what is above it.
final class SparseInspection {
  /// How many blocks below a node without children are looked for, in steps.
  private static final int MOST_STEPS = 16;

  private final StoredCore core;
  private final Head head;
  private final Verifier verifier;
  private final TreeHasher hasher = new TreeHasher();
  private final List<Damage> damages = new ArrayList<>();
  private long present;

  SparseInspection(StoredCore core, Head head, Verifier verifier) {
    this.core = core;
    this.head = head;
    this.verifier = verifier;
  }

  Verification all() {
    List<TreeNode> roots = new ArrayList<>();
    for (long index : FlatTree.fullRoots(head.length())) {
      node(index).ifPresent(roots::add);
    }
    if (damages.isEmpty() && head.length() > 0) {
      checkHead(new MerkleTree(roots));
    }
    roots.forEach(this::descend);
    return new Verification(head.length(), present, damages);
  }

  private void checkHead(MerkleTree tree) {
    if (tree.byteLength() != head.byteLength() || !Arrays.equals(tree.hash(), head.rootHash())) {
      damages.add(new Damage.Roots("they do not give the hash or the size of the head"));
    }
    if (!verifier.verify(tree, head.fork(), head.signature())) {
      damages.add(new Damage.Signature("no signature covers what is there"));
    }
  }

  private void descend(TreeNode node) {
    if (damages.size() >= Verification.MOST_DAMAGES) {
      return;
    }
    if (FlatTree.depth(node.index()) == 0) {
      checkBlock(node);
      return;
    }
    long left = FlatTree.leftChild(node.index());
    long right = FlatTree.rightChild(node.index());
    if (!core.hasNode(left) && !core.hasNode(right)) {
      checkEmpty(node);
      return;
    }
    Optional<TreeNode> one = node(left);
    Optional<TreeNode> other = node(right);
    if (one.isPresent() && other.isPresent()) {
      if (!hasher.parent(one.get(), other.get()).equals(node)) {
        damages.add(new Damage.Node(node.index(), "it does not follow from those below it"));
        return;
      }
      descend(one.get());
      descend(other.get());
    }
  }

  private void checkBlock(TreeNode leaf) {
    long index = leaf.index() / 2;
    switch (core.block(index)) {
      case BlockLookup.Found found -> {
        present++;
        if (!hasher.leaf(index, found.bytes()).equals(leaf)) {
          damages.add(new Damage.Block(index, "it is not the one that was signed"));
        }
      }
      case BlockLookup.Missing _ -> {}
      case BlockLookup.Corrupt corrupt -> damages.add(new Damage.Block(index, corrupt.reason()));
    }
  }

  /// Where no tree is, no blocks are.
  private void checkEmpty(TreeNode node) {
    long from = FlatTree.leftSpan(node.index()) / 2;
    long to = from + FlatTree.leaves(node.index());
    for (int step = 0; step < MOST_STEPS && from < to; step++) {
      long next = Math.min(to, from + StoredCore.MOST_TOLD);
      int found = core.blocks(from, next).nextSetBit(0);
      if (found >= 0) {
        damages.add(new Damage.Node(2 * (from + found), "it is missing, though its block is here"));
        return;
      }
      from = next;
    }
  }

  private Optional<TreeNode> node(long index) {
    Optional<TreeNode> node = core.node(index);
    if (node.isEmpty()) {
      damages.add(new Damage.Node(index, "it is missing"));
    }
    return node;
  }
}
