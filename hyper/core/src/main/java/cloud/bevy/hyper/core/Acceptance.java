package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Accepted.Outcome;
import cloud.bevy.hyper.core.ProofCheck.Shown;
import cloud.bevy.hyper.store.Batch;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks proofs one after the other against a core and gathers what they show, to be stored at
/// once. Belongs to whoever has the core's turn; changes nothing but itself.
final class Acceptance implements KnownNodes {
  private final byte[] key;
  private final Optional<StoredCore> stored;
  private final RecentNodes recent;
  private final Damaged damaged;
  private final Map<Long, TreeNode> fresh = new HashMap<>();

  /// Of the blocks of the proofs at hand.
  private final IdentityHashMap<Proof.Block, byte[]> hashes = new IdentityHashMap<>();

  private final List<TreeNode> nodes = new ArrayList<>();
  private final List<Proof.Block> blocks = new ArrayList<>();
  private MerkleTree tree;
  private long fork;
  private Optional<Verifier> verifier;
  private Optional<ProofCheck> check;
  private byte @Nullable [] signature;

  /// That there are two trees of one length under one fork, both signed.
  private Optional<Evidence> conflict = Optional.empty();

  /// @param known where the core ends, with what is on its way to the store
  /// @param damaged notes what is met damaged, and is replaced even though it is there
  Acceptance(Identity identity, Tail.Known known, RecentNodes recent, Damaged damaged) {
    this.key = identity.key();
    this.verifier = identity.verifier();
    this.damaged = damaged;
    this.check = verifier.map(ProofCheck::new);
    this.stored = known.stored();
    this.fork = known.fork();
    this.tree = known.tree();
    this.recent = recent;
  }

  /// Checks more proofs.
  ///
  /// @throws MalformedException where one is false; what was gathered must then be forgotten
  List<Outcome> take(List<Proof.Message> messages) throws MalformedException {
    hashBlocks(messages);
    List<Outcome> outcomes = new ArrayList<>(messages.size());
    for (Proof.Message message : messages) {
      outcomes.add(take(message));
    }
    hashes.clear();
    return outcomes;
  }

  private void hashBlocks(List<Proof.Message> messages) {
    List<Proof.Block> blocks =
        messages.stream().map(Proof.Message::proof).flatMap(it -> it.block().stream()).toList();
    List<byte[]> hashed =
        new TreeHasher().leafHashes(blocks.stream().map(Proof.Block::bytes).toList());
    for (int at = 0; at < hashed.size(); at++) {
      hashes.put(blocks.get(at), hashed.get(at));
    }
  }

  /// Checks one more proof.
  ///
  /// @throws MalformedException where it is false; what was gathered must then be forgotten
  private Outcome take(Proof.Message message) throws MalformedException {
    Proof proof = message.proof();
    learn(message);
    if (proof.empty()) {
      return Outcome.TAKEN;
    }
    if (tree.length() == 0 && proof.upgrade().isPresent()) {
      fork = Math.max(fork, proof.fork()); // of nothing, every fork is a continuation
    }
    if (proof.fork() != fork) {
      return Outcome.STALE;
    }
    if (proof.block().filter(it -> it.size() > Core.MAXIMUM_BLOCK).isPresent()) {
      throw new MalformedException("a block is too large");
    }
    Optional<Proof.Upgrade> upgrade = proof.upgrade();
    if (upgrade.isPresent() && upgrade.get().start() != tree.length()) {
      if (upgrade.get().start() == 0) {
        compare(proof);
      }
      return Outcome.STALE;
    }
    Optional<Shown> shown = checker(upgrade.isPresent()).check(proof, tree, this);
    shown.ifPresent(it -> gather(proof, it));
    return shown.isPresent() ? Outcome.TAKEN : Outcome.STALE;
  }

  /// Whether there is nothing to store.
  boolean isEmpty() {
    return blocks.isEmpty() && nodes.isEmpty() && signature == null;
  }

  /// Two signed trees, if there are.
  Optional<Evidence> conflict() {
    return conflict;
  }

  /// Who signs the core, as far as is known by now.
  Optional<Verifier> verifier() {
    return verifier;
  }

  /// The core's tree with what was gathered.
  MerkleTree tree() {
    return tree;
  }

  /// The head with what was gathered, if it changes.
  Optional<Head> head() {
    return Optional.ofNullable(signature)
        .map(it -> new Head(tree.length(), tree.byteLength(), fork, tree.hash(), it));
  }

  /// The blocks that were gathered.
  List<Extent> extents() {
    return Extent.of(blocks.stream().mapToLong(Proof.Block::index).toArray());
  }

  /// What was gathered, except for blocks that are there already.
  Batch batch(StoredCore core) {
    Batch batch = new Batch();
    for (Proof.Block block : blocks) {
      if (!core.has(block.index()) || damaged.mendBlock(block.index())) {
        batch.block(core, block.index(), block.bytes());
      }
    }
    for (TreeNode node : nodes) {
      batch.node(core, node);
      damaged.mendNode(node.index());
    }
    head().ifPresent(head -> batch.head(core, head));
    return batch;
  }

  /// What was gathered is in the store now.
  void remember() {
    nodes.forEach(recent::keep);
  }

  @Override
  public byte @Nullable [] hash(Proof.Block block) {
    return hashes.get(block);
  }

  @Override
  public @Nullable TreeNode atHand(long index) {
    TreeNode near = recent.find(index);
    return near == null ? fresh.get(index) : near;
  }

  @Override
  public Optional<TreeNode> find(long index) {
    TreeNode near = atHand(index);
    Optional<TreeNode> node =
        near != null ? Optional.of(near) : stored.flatMap(core -> core.node(index));
    if (node.isEmpty() && stored.filter(core -> core.hasNode(index)).isPresent()) {
      damaged.noteNode(index);
    }
    return node;
  }

  private void gather(Proof proof, Shown shown) {
    tree = shown.tree();
    proof.upgrade().ifPresent(it -> signature = it.signature());
    proof.block().ifPresent(blocks::add);
    for (TreeNode node : shown.nodes()) {
      if (fresh.put(node.index(), node) == null) {
        nodes.add(node);
      }
    }
  }

  private ProofCheck checker(boolean mustKnow) throws MalformedException {
    if (check.isEmpty()) {
      if (mustKnow) {
        learn(Manifest.ofOldKind(key));
      } else {
        throw new MalformedException("nothing is known of the core that this could belong to");
      }
    }
    return check.orElseThrow();
  }

  private void learn(Proof.Message message) throws MalformedException {
    if (verifier.isEmpty() && message.manifest().isPresent()) {
      learn(message.manifest().get());
    }
  }

  private void learn(Manifest manifest) throws MalformedException {
    verifier = Optional.of(Verifier.told(key, manifest));
    check = verifier.map(ProofCheck::new);
  }

  /// Looks whether a proof of a whole tree, other than ours, is signed.
  private void compare(Proof proof) throws MalformedException {
    MerkleTree theirs = checker(true).checkWhole(proof).asked();
    if (theirs.length() > tree.length()) {
      return;
    }
    List<TreeNode> roots = new ArrayList<>();
    for (long index : FlatTree.fullRoots(theirs.length())) {
      Optional<TreeNode> root =
          tree.roots().stream().filter(it -> it.index() == index).findFirst().or(() -> find(index));
      if (root.isEmpty()) {
        return; // of a core that is not all here, not every length can be compared
      }
      roots.add(root.get());
    }
    if (!Arrays.equals(new MerkleTree(roots).hash(), theirs.hash())) {
      conflict = Optional.of(new Evidence(theirs.length(), proof));
    }
  }
}
