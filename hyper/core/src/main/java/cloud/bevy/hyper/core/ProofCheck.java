package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Manifest.Prologue;
import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Checks proofs against what a reader trusts already: the proof verification of hypercore's
/// `lib/merkle-tree.js`, stricter in that a prologue is checked at its own length always. Checks
/// one proof at a time.
public final class ProofCheck {
  /// The most bytes that a tree may have: what JavaScript can count.
  static final long MOST_BYTES = (1L << 53) - 1;

  /// The longest signature: what a head holds.
  static final int MOST_SIGNATURE = 0xffff;

  private static final int DEEPEST = 50;

  private final TreeHasher hasher = new TreeHasher();
  private final Verifier verifier;
  private final Optional<Prologue> prologue;

  /// What the proof at hand has shown so far, and what of it hangs together with nothing yet.
  private List<TreeNode> nodes = new ArrayList<>();

  private @Nullable TreeNode top;

  /// @param verifier of the core that the proofs are of
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
    Optional<Shown> shown =
        check(
            proof,
            known,
            new KnownNodes() {
              @Override
              public @Nullable TreeNode atHand(long index) {
                return null;
              }

              @Override
              public Optional<TreeNode> find(long index) {
                return trusted.apply(index);
              }
            });
    return shown.orElseThrow(() -> new MalformedException("the proof leads to nothing known"));
  }

  /// Checks a proof.
  ///
  /// @return nothing where the proof leads to a node that the reader does not have, so that nobody
  ///   can tell what it is worth
  Optional<Shown> check(Proof proof, MerkleTree known, KnownNodes trusted)
      throws MalformedException {
    begin(proof, trusted);
    MerkleTree tree = known;
    if (proof.upgrade().isPresent()) {
      tree = known.copy();
      grow(tree, proof.upgrade().get());
      if (!verifier.verify(tree, proof.fork(), proof.upgrade().get().signature())) {
        throw new MalformedException("the signature does not cover the tree");
      }
    }
    return connects(trusted) ? Optional.of(new Shown(tree, nodes)) : Optional.empty();
  }

  /// Checks the proof of a whole tree against the signers alone.
  ///
  /// @return the tree that was signed, and the one of the length that was asked for
  Whole checkWhole(Proof proof) throws MalformedException {
    begin(proof, NOTHING);
    Proof.Upgrade upgrade =
        proof.upgrade().orElseThrow(() -> new MalformedException("it is not of a whole tree"));
    MerkleTree asked = new MerkleTree();
    growTo(asked, upgrade);
    MerkleTree signed = asked.copy();
    growOn(signed, upgrade.additional());
    if (top != null || !verifier.verify(signed, proof.fork(), upgrade.signature())) {
      throw new MalformedException("the signature does not cover the tree");
    }
    return new Whole(signed, asked, nodes);
  }

  /// What the proof of a whole tree has shown.
  record Whole(MerkleTree signed, MerkleTree asked, List<TreeNode> nodes) {}

  /// Climbs from what a proof without an upgrade shows.
  ///
  /// @return the topmost node, which nobody has vouched for
  Optional<Shown> climb(Proof proof, TreeNode expected) throws MalformedException {
    begin(proof, NOTHING);
    return expected.equals(top)
        ? Optional.of(new Shown(new MerkleTree(), nodes))
        : Optional.empty();
  }

  private static final KnownNodes NOTHING =
      new KnownNodes() {
        @Override
        public @Nullable TreeNode atHand(long index) {
          return null;
        }

        @Override
        public Optional<TreeNode> find(long index) {
          return Optional.empty();
        }
      };

  /// Computes the topmost node that follows from what the proof shows below the reader's tree.
  private void begin(Proof proof, KnownNodes trusted) throws MalformedException {
    nodes = new ArrayList<>();
    top = null;
    boolean plain = proof.seek().isEmpty() && proof.upgrade().isEmpty();
    KnownNodes shortcut = plain ? trusted : NOTHING;
    if (proof.seek().isPresent() && !proof.seek().get().nodes().isEmpty()) {
      Queue queue = new Queue(proof.seek().get().nodes(), null);
      top = climb(queue.first(), queue, shortcut);
    }
    if (proof.block().isPresent()) {
      Proof.Block block = proof.block().get();
      top = climb(leaf(block, trusted), new Queue(block.nodes(), top), shortcut);
    } else if (proof.hash().isPresent()) {
      Queue queue = new Queue(proof.hash().get().nodes(), top);
      top = climb(queue.take(proof.hash().get().index()), queue, shortcut);
    }
  }

  private TreeNode leaf(Proof.Block block, KnownNodes trusted) throws MalformedException {
    if (block.index() >= 1L << 52) {
      throw new MalformedException("a block's index is out of range");
    }
    byte[] known = trusted.hash(block);
    byte[] hash = known != null ? known : hasher.leafHash(block.bytes());
    return new TreeNode(2 * block.index(), block.size(), hash);
  }

  /// @return the topmost node, or nothing where the way has led past one that is at hand
  private @Nullable TreeNode climb(TreeNode from, Queue queue, KnownNodes trusted)
      throws MalformedException {
    TreeNode at = from;
    while (true) {
      TreeNode known = trusted.atHand(at.index());
      if (known != null) {
        if (!known.equals(at)) {
          throw new MalformedException("the proof does not lead to node " + at.index());
        }
        return null;
      }
      nodes.add(at);
      if (queue.empty()) {
        return at;
      }
      TreeNode sibling = queue.take(FlatTree.sibling(at.index()));
      if (trusted.atHand(sibling.index()) == null) {
        nodes.add(sibling);
      }
      at = parent(at, sibling);
    }
  }

  private TreeNode parent(TreeNode one, TreeNode other) throws MalformedException {
    if (one.size() + other.size() > MOST_BYTES || FlatTree.depth(one.index()) > DEEPEST) {
      throw new MalformedException("a tree cannot be that large");
    }
    return one.index() < other.index() ? hasher.parent(one, other) : hasher.parent(other, one);
  }

  private void grow(MerkleTree tree, Proof.Upgrade upgrade) throws MalformedException {
    growTo(tree, upgrade);
    growOn(tree, upgrade.additional());
  }

  /// Lets the tree grow to the length that was asked for, over what was shown below it.
  private void growTo(MerkleTree tree, Proof.Upgrade upgrade) throws MalformedException {
    long to = upgrade.start() + upgrade.length();
    boolean fromPrologue = prologue.filter(it -> tree.length() < it.length()).isPresent();
    if (upgrade.start() != tree.length()
        || upgrade.length() == 0
        || upgrade.signature().length > MOST_SIGNATURE
        || (fromPrologue && to != prologue.orElseThrow().length())) {
      throw new MalformedException("the upgrade is not one of this tree");
    }
    Queue queue = new Queue(upgrade.nodes(), top);
    for (long index : FlatTree.cover(tree.length(), to)) {
      append(tree, queue.take(index));
    }
    if (fromPrologue && !Arrays.equals(tree.hash(), prologue.orElseThrow().hash())) {
      throw new MalformedException("the first blocks are not the core's prologue");
    }
    top = queue.unused();
  }

  /// Lets the tree grow to the length that was signed.
  private void growOn(MerkleTree tree, List<TreeNode> additional) throws MalformedException {
    for (TreeNode node : additional) {
      if (FlatTree.leftSpan(node.index()) != 2 * tree.length()) {
        throw new MalformedException("node " + node.index() + " was not expected");
      }
      append(tree, node);
    }
  }

  private void append(MerkleTree tree, TreeNode node) throws MalformedException {
    if (tree.byteLength() + node.size() > MOST_BYTES || FlatTree.depth(node.index()) > DEEPEST) {
      throw new MalformedException("a tree cannot be that large");
    }
    tree.appendNode(node, nodes::add);
  }

  /// Whether what was shown has become part of the tree, or leads to a node that was.
  private boolean connects(KnownNodes trusted) throws MalformedException {
    TreeNode loose = top;
    if (loose == null) {
      return true;
    }
    Optional<TreeNode> known = trusted.find(loose.index());
    if (known.isPresent() && !known.get().equals(loose)) {
      throw new MalformedException("the proof does not lead to node " + loose.index());
    }
    return known.isPresent();
  }

  /// The nodes of a proof, which come in the order in which they are needed; one that was computed
  /// stands in for one that was not sent.
  private static final class Queue {
    private final List<TreeNode> sent;
    private @Nullable TreeNode computed;
    private int next;

    Queue(List<TreeNode> sent, @Nullable TreeNode computed) {
      this.sent = sent;
      this.computed = computed;
    }

    boolean empty() {
      return next == sent.size() && computed == null;
    }

    TreeNode first() {
      return sent.get(next++);
    }

    TreeNode take(long index) throws MalformedException {
      TreeNode standIn = computed;
      if (standIn != null && standIn.index() == index) {
        computed = null;
        return standIn;
      }
      if (next == sent.size() || sent.get(next).index() != index) {
        throw new MalformedException("node " + index + " was expected");
      }
      return sent.get(next++);
    }

    /// What was computed and not needed. Whatever was sent must have been needed.
    @Nullable TreeNode unused() throws MalformedException {
      if (next < sent.size()) {
        throw new MalformedException("node " + sent.get(next).index() + " was not expected");
      }
      return computed;
    }
  }
}
