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

/// Checks what the store has of a core against the core's tree and signature. Holds one path of the
/// tree in memory, however long the core is.
final class Inspection {
  private final StoredCore core;
  private final Head head;
  private final Verifier verifier;
  private final TreeHasher hasher = new TreeHasher();
  private final List<Damage> damages = new ArrayList<>();
  private long present;

  Inspection(StoredCore core, Head head, Verifier verifier) {
    this.core = core;
    this.head = head;
    this.verifier = verifier;
  }

  /// Walks over everything.
  Verification all() {
    MerkleTree tree = new MerkleTree();
    long index = 0;
    while (index < head.length() && damages.size() < Verification.MOST_DAMAGES) {
      Optional<TreeNode> leaf = leaf(index++);
      if (leaf.isEmpty()) {
        return ended();
      }
      tree.appendNode(leaf.get(), this::checkNode);
    }
    if (index == head.length()) {
      checkHead(tree);
    }
    return ended();
  }

  /// Looks one block up and checks it up to the signed hash.
  BlockLookup block(long index) {
    BlockLookup lookup = core.block(index);
    if (!(lookup instanceof BlockLookup.Found found)) {
      return lookup;
    }
    Optional<List<TreeNode>> roots = rootsFrom(hasher.leaf(index, found.bytes()));
    return roots.isPresent() && Arrays.equals(hasher.root(roots.get()), head.rootHash())
        ? lookup
        : new BlockLookup.Corrupt(index, "it does not lead to the signed hash");
  }

  /// The roots of the tree, the one above `leaf` recomputed.
  private Optional<List<TreeNode>> rootsFrom(TreeNode leaf) {
    List<TreeNode> roots = new ArrayList<>();
    for (long root : FlatTree.fullRoots(head.length())) {
      Optional<TreeNode> node =
          FlatTree.contains(root, leaf.index()) ? climb(leaf, root) : core.node(root);
      if (node.isEmpty()) {
        return Optional.empty();
      }
      roots.add(node.get());
    }
    return Optional.of(roots);
  }

  private Optional<TreeNode> climb(TreeNode leaf, long root) {
    TreeNode node = leaf;
    while (node.index() != root) {
      Optional<TreeNode> sibling = core.node(FlatTree.sibling(node.index()));
      if (sibling.isEmpty()) {
        return Optional.empty();
      }
      boolean left = node.index() < sibling.get().index();
      node = left ? hasher.parent(node, sibling.get()) : hasher.parent(sibling.get(), node);
    }
    return Optional.of(node);
  }

  /// The leaf of a block: from the block where it is stored, else from the tree.
  private Optional<TreeNode> leaf(long index) {
    return switch (core.block(index)) {
      case BlockLookup.Found found -> {
        present++;
        yield Optional.of(hasher.leaf(index, found.bytes()));
      }
      case BlockLookup.Missing _ -> storedLeaf(index);
      case BlockLookup.Corrupt corrupt -> {
        damages.add(new Damage.Block(index, corrupt.reason()));
        yield storedLeaf(index);
      }
    };
  }

  private Optional<TreeNode> storedLeaf(long index) {
    Optional<TreeNode> leaf = core.node(2 * index);
    if (leaf.isEmpty()) {
      damages.add(new Damage.Node(2 * index, "it is missing, and its block cannot be read"));
    }
    return leaf;
  }

  private void checkNode(TreeNode computed) {
    Optional<TreeNode> stored = core.node(computed.index());
    if (stored.isEmpty()) {
      damages.add(new Damage.Node(computed.index(), "it is missing"));
    } else if (!stored.get().equals(computed)) {
      damages.add(
          computed.index() % 2 == 0
              ? new Damage.Block(computed.index() / 2, "it is not the one that was appended")
              : new Damage.Node(computed.index(), "it does not follow from those below it"));
    }
  }

  private void checkHead(MerkleTree tree) {
    if (head.length() == 0) {
      return;
    }
    if (tree.byteLength() != head.byteLength()) {
      damages.add(
          new Damage.Roots(tree.byteLength() + " bytes are there, not " + head.byteLength()));
    }
    if (!Arrays.equals(tree.hash(), head.rootHash())) {
      damages.add(new Damage.Roots("they do not give the hash of the head"));
    }
    if (!verifier.verify(tree, head.fork(), head.signature())) {
      damages.add(new Damage.Signature("no signature covers what is there"));
    }
  }

  private Verification ended() {
    return new Verification(head.length(), present, damages);
  }
}
