package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Manifest.Prologue;
import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Checks a proof against what a reader trusts already: the proof verification of hypercore's
/// `lib/merkle-tree.js`, stricter in that a prologue is checked at its own length always. Checks
/// one proof, then is done.
public final class ProofCheck {
  private final TreeHasher hasher = new TreeHasher();
  private final List<TreeNode> nodes = new ArrayList<>();
  private final Verifier verifier;
  private final Optional<Prologue> prologue;

  /// @param verifier of the core that the proof is of
  public ProofCheck(Verifier verifier) {
    this.verifier = verifier;
    this.prologue = verifier.prologue();
  }

  /// What a proof has shown.
  ///
  /// @param tree the reader's tree, grown if the proof had an upgrade
  /// @param nodes that are now known to belong to it
  public record Shown(MerkleTree tree, List<TreeNode> nodes) {}

  /// Checks a proof.
  ///
  /// @param known the reader's tree, which is not changed
  /// @param trusted gives the nodes that the reader has
  /// @throws MalformedException where the proof shows nothing
  public Shown check(Proof proof, MerkleTree known, LongFunction<Optional<TreeNode>> trusted)
      throws MalformedException {
    Optional<TreeNode> top = climb(proof);
    MerkleTree tree = known.copy();
    if (proof.upgrade().isPresent()) {
      top = grow(tree, proof.upgrade().get(), top);
      if (!verifier.verify(tree, proof.fork(), proof.upgrade().get().signature())) {
        throw new MalformedException("the signature does not cover the tree");
      }
    }
    if (top.isPresent() && !trusted.apply(top.get().index()).equals(top)) {
      throw new MalformedException("the proof does not lead to node " + top.get().index());
    }
    return new Shown(tree, List.copyOf(nodes));
  }

  /// The topmost node that follows from what the proof shows below the reader's tree.
  private Optional<TreeNode> climb(Proof proof) throws MalformedException {
    Optional<TreeNode> sought = Optional.empty();
    if (proof.seek().isPresent() && !proof.seek().get().nodes().isEmpty()) {
      Queue queue = new Queue(proof.seek().get().nodes(), Optional.empty());
      sought = Optional.of(climb(queue.first(), queue));
    }
    if (proof.block().isPresent()) {
      Proof.Block block = proof.block().get();
      TreeNode leaf = leaf(block);
      return Optional.of(climb(leaf, new Queue(block.nodes(), sought)));
    }
    if (proof.hash().isPresent()) {
      Queue queue = new Queue(proof.hash().get().nodes(), sought);
      return Optional.of(climb(queue.take(proof.hash().get().index()), queue));
    }
    return sought;
  }

  private TreeNode leaf(Proof.Block block) throws MalformedException {
    if (block.index() >= 1L << 52) {
      throw new MalformedException("a block's index is out of range");
    }
    return hasher.leaf(block.index(), block.value());
  }

  private TreeNode climb(TreeNode from, Queue queue) throws MalformedException {
    TreeNode top = from;
    nodes.add(top);
    while (!queue.empty()) {
      TreeNode sibling = queue.take(FlatTree.sibling(top.index()));
      top = parent(top, sibling);
      nodes.add(sibling);
      nodes.add(top);
    }
    return top;
  }

  private TreeNode parent(TreeNode one, TreeNode other) throws MalformedException {
    if (one.size() + other.size() < 0 || FlatTree.depth(one.index()) > 50) {
      throw new MalformedException("a tree cannot be that large");
    }
    return one.index() < other.index() ? hasher.parent(one, other) : hasher.parent(other, one);
  }

  /// Lets the tree grow.
  ///
  /// @return what was shown below it and has not become part of it
  private Optional<TreeNode> grow(MerkleTree tree, Proof.Upgrade upgrade, Optional<TreeNode> top)
      throws MalformedException {
    long to = upgrade.start() + upgrade.length();
    boolean fromPrologue = prologue.filter(it -> tree.length() < it.length()).isPresent();
    if (upgrade.start() != tree.length()
        || upgrade.length() == 0
        || (fromPrologue && to != prologue.orElseThrow().length())) {
      throw new MalformedException("the upgrade does not start where the tree ends");
    }
    Queue queue = new Queue(upgrade.nodes(), top);
    for (long index : FlatTree.cover(tree.length(), to)) {
      tree.appendNode(queue.take(index), nodes::add);
    }
    if (fromPrologue && !Arrays.equals(tree.hash(), prologue.orElseThrow().hash())) {
      throw new MalformedException("the first blocks are not the core's prologue");
    }
    for (TreeNode node : upgrade.additional()) {
      if (FlatTree.leftSpan(node.index()) != 2 * tree.length()) {
        throw new MalformedException("node " + node.index() + " was not expected");
      }
      tree.appendNode(node, nodes::add);
    }
    return queue.unused();
  }

  /// The nodes of a proof, which come in the order in which they are needed; one that was computed
  /// stands in for one that was not sent.
  private static final class Queue {
    private final Deque<TreeNode> sent;
    private Optional<TreeNode> computed;

    Queue(List<TreeNode> sent, Optional<TreeNode> computed) {
      this.sent = new ArrayDeque<>(sent);
      this.computed = computed;
    }

    boolean empty() {
      return sent.isEmpty() && computed.isEmpty();
    }

    TreeNode first() {
      return sent.removeFirst();
    }

    TreeNode take(long index) throws MalformedException {
      Optional<TreeNode> standIn = computed.filter(node -> node.index() == index);
      if (standIn.isPresent()) {
        computed = Optional.empty();
        return standIn.get();
      }
      if (sent.isEmpty() || sent.getFirst().index() != index) {
        throw new MalformedException("node " + index + " was expected");
      }
      return sent.removeFirst();
    }

    /// What was computed and not needed. Whatever was sent must have been needed.
    Optional<TreeNode> unused() throws MalformedException {
      if (!sent.isEmpty()) {
        throw new MalformedException("node " + sent.getFirst().index() + " was not expected");
      }
      return computed;
    }
  }
}
