package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.ProofCheck.Shown;
import cloud.bevy.hyper.core.ProofCheck.Whole;
import cloud.bevy.hyper.core.Tail.Known;
import cloud.bevy.hyper.store.Batch;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The way to a higher fork of a core: finds out, with few questions to the peer, up to where the
/// fork has the blocks that are here, so that these need not be fetched again. Belongs to one task
/// at a time. Nothing of the core changes before [#apply].
public final class Reorganisation {
  /// How many blocks are looked at for one that a peer has.
  private static final int MOST_TRIED = 1 << 16;

  private final Intake intake;
  private final Known from;
  private final Verifier verifier;
  private final ProofCheck check;
  private final MerkleTree tree;
  private final Head head;
  private final Map<Long, TreeNode> nodes = new LinkedHashMap<>();

  /// The node of the fork's tree below which the first block is that is not the one here; nothing
  /// where every block is, or where that is as much as can be known.
  private @Nullable TreeNode parting;

  private long common;

  /// @param proof of the fork's whole tree
  Reorganisation(Intake intake, Known from, Verifier verifier, Proof proof)
      throws MalformedException {
    this.intake = intake;
    this.from = from;
    this.verifier = verifier;
    this.check = new ProofCheck(verifier);
    if (proof.fork() <= from.fork()) {
      throw new MalformedException("fork " + proof.fork() + " is not above " + from.fork());
    }
    Whole whole = check.checkWhole(proof);
    this.tree = whole.signed();
    byte[] signature = proof.upgrade().orElseThrow().signature();
    this.head = new Head(tree.length(), tree.byteLength(), proof.fork(), tree.hash(), signature);
    whole.nodes().forEach(node -> nodes.put(node.index(), node));
    compareRoots();
  }

  /// The fork it leads to.
  public long fork() {
    return head.fork();
  }

  /// What to ask the peer (under [#fork]) before it can be applied: a hash. Nothing when enough is
  /// known. It may be applied before that too; then more blocks than necessary are dropped.
  public Optional<Proof.Request> question() {
    return question(_ -> true);
  }

  /// The same for a peer that has not all blocks.
  ///
  /// @param has whether the peer has a block
  public Optional<Proof.Request> question(LongPredicate has) {
    TreeNode node = parting;
    if (node == null) {
      return Optional.empty();
    }
    long from = FlatTree.leftSpan(node.index()) / 2;
    long to = from + Math.min(FlatTree.leaves(node.index()), MOST_TRIED);
    return LongStream.range(from, to)
        .filter(has)
        .mapToObj(block -> hash(2 * block, FlatTree.depth(node.index())))
        .findFirst();
  }

  private static Proof.Request hash(long index, long levels) {
    return new Proof.Request(
        Optional.empty(),
        Optional.of(new Proof.Wanted(index, levels)),
        Optional.empty(),
        Optional.empty());
  }

  /// Takes the answer to [#question].
  ///
  /// @throws MalformedException where it is no answer, or is false
  public void answer(Proof.Message message) throws MalformedException {
    TreeNode node = parting;
    if (node == null || message.proof().fork() != fork()) {
      throw new MalformedException("it answers no question");
    }
    Optional<Shown> shown = check.climb(message.proof(), node);
    Map<Long, TreeNode> below = new HashMap<>();
    shown
        .orElseThrow(() -> new MalformedException("it does not lead to node " + node.index()))
        .nodes()
        .forEach(it -> below.put(it.index(), it));
    nodes.putAll(below);
    descend(node, below);
  }

  /// How many blocks both forks have in common, as far as is known.
  public long common() {
    return common;
  }

  /// Makes the core follow the fork, in one batch: drops the blocks that it does not have.
  ///
  /// @return [Accepted.Outcome#STALE] where the core has changed its fork or length meanwhile
  public Accepted apply() {
    return intake.follow(this);
  }

  /// Whether the core is still what this was made for.
  boolean leavesFrom(Known now) {
    return now.era() == from.era() && now.tree().length() == from.tree().length();
  }

  Verifier verifier() {
    return verifier;
  }

  MerkleTree tree() {
    return tree;
  }

  /// Where the core ends with the fork.
  Head head() {
    return head;
  }

  /// Where the core is cut.
  Head cut() {
    return new Head(common, 0, fork(), new byte[0], new byte[0]);
  }

  /// What is stored: the cut, what is known of the fork's tree, and where it ends.
  Batch batch(StoredCore core) {
    Batch batch = new Batch().head(core, cut());
    nodes.values().forEach(node -> batch.node(core, node));
    return batch.head(core, head);
  }

  private void compareRoots() {
    for (TreeNode root : tree.roots()) {
      if (!isHere(root)) {
        part(root);
        return;
      }
      common = FlatTree.rightSpan(root.index()) / 2 + 1;
    }
  }

  /// Goes down from a node that is not here to the first below it that is not, as far as the answer
  /// leads.
  private void descend(TreeNode from, Map<Long, TreeNode> below) {
    TreeNode at = from;
    while (FlatTree.depth(at.index()) > 0) {
      TreeNode left = below.get(FlatTree.leftChild(at.index()));
      TreeNode right = below.get(FlatTree.rightChild(at.index()));
      if (left == null || right == null) {
        break;
      }
      at = isHere(left) ? right : left;
    }
    part(at);
  }

  private void part(TreeNode at) {
    common = FlatTree.leftSpan(at.index()) / 2;
    boolean beyond = common >= from.tree().length();
    parting = FlatTree.depth(at.index()) == 0 || beyond ? null : at;
  }

  private boolean isHere(TreeNode node) {
    return from.stored().flatMap(core -> core.node(node.index())).filter(node::equals).isPresent();
  }
}
