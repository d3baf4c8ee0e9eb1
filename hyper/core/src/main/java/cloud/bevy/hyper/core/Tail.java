package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Manifest.Prologue;
import cloud.bevy.hyper.store.Batch;
import cloud.bevy.hyper.store.CoreId;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.TreeNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// The end of a core as its writer sees it: the tree with all that was appended, the round that is
/// still open, and where the core ends durably. Nothing here signs, waits or writes.
final class Tail {
  /// An open round of this weight is handed over by whoever adds to it, however many are underway:
  /// so a writer that is faster than the disk waits for it.
  static final long HEAVY = 8 << 20;

  private final Store store;
  private final CoreId id;
  private final Optional<Prologue> prologue;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Round> handing = new ArrayList<>();
  private Optional<Round> open = Optional.empty();
  private Optional<MerkleTree> tree = Optional.empty();
  private Optional<StoreFault> stopped = Optional.empty();
  private volatile Optional<StoredCore> stored = Optional.empty();
  private volatile boolean lookedUp;
  private volatile Head durable;
  private volatile long length;
  private volatile long waitingFrom = Long.MAX_VALUE;
  private long fork;

  /// Where the core ends that what is appended next is built on, as the store has it.
  private Head basis;

  /// The commits that were taken and of which nothing was heard yet, and where the core ends with
  /// each.
  private final NavigableMap<Long, Head> underway = new TreeMap<>();

  private boolean claimed;
  private long generation;
  private long taken;
  private long latest;

  Tail(Store store, CoreId id, Optional<Prologue> prologue) {
    this.store = store;
    this.id = id;
    this.prologue = prologue;
    this.durable = stored().map(StoredCore::head).orElse(Head.empty());
    this.basis = durable;
    this.length = durable.length();
    this.fork = durable.fork();
  }

  /// What an append or a truncation has become part of.
  ///
  /// @param mine whether the caller must hand the open round over
  record Added(long start, long length, long byteStart, Round round, boolean mine) {}

  /// A round on its way to the store.
  ///
  /// @param stored nothing as long as the core has never been there
  /// @param generation counts how often the core has had to start over
  /// @param sequence counts commits
  record Commit(
      Round round, Head head, Optional<StoredCore> stored, long generation, long sequence) {
    Commit signed(byte[] signature) {
      Head signed =
          new Head(head.length(), head.byteLength(), head.fork(), head.rootHash(), signature);
      return new Commit(round, signed, stored, generation, sequence);
    }

    Batch batch(StoredCore core) {
      Batch batch = new Batch();
      round.cut().ifPresent(cut -> batch.head(core, cut));
      long index = round.base();
      for (byte[] block : round.blocks()) {
        batch.block(core, index++, ByteBuffer.wrap(block));
      }
      round.nodes().forEach(node -> batch.node(core, node));
      return batch.head(core, head);
    }
  }

  /// Where the core ends durably.
  Head durable() {
    return durable;
  }

  /// How long the core is with what is not yet durable.
  long length() {
    return length;
  }

  /// Where the core ends with what is not yet durable.
  Tip tip() {
    lock.lock();
    try {
      return new Tip(length, tree().byteLength(), fork);
    } finally {
      lock.unlock();
    }
  }

  /// The core in the store, if it has been there.
  Optional<StoredCore> stored() {
    if (lookedUp) {
      return stored;
    }
    lock.lock();
    try {
      if (!lookedUp) {
        stored = store.find(id);
        lookedUp = true;
      }
      return stored;
    } finally {
      lock.unlock();
    }
  }

  /// The block, if the store does not have it yet, or has another in its place until it is cut.
  Optional<byte[]> waiting(long index) {
    if (index < waitingFrom) {
      return Optional.empty();
    }
    lock.lock();
    try {
      for (Round round : rounds()) {
        long at = index - round.base();
        if (at >= 0 && at < round.blocks().size()) {
          return Optional.of(round.blocks().get((int) at));
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Appends blocks to the open round.
  ///
  /// @param at where the core must end before, if that matters
  Added append(OptionalLong at, List<byte[]> blocks, List<byte[]> hashes) {
    lock.lock();
    try {
      refuseIfStopped();
      refuseIfMoved(at);
      MerkleTree end = tree();
      checkPrologue(end, blocks, hashes);
      long start = end.length();
      long byteStart = end.byteLength();
      Round round = openRound();
      for (int index = 0; index < blocks.size(); index++) {
        round.add(blocks.get(index));
        end.appendLeaf(blocks.get(index).length, hashes.get(index), round::add);
      }
      length = end.length();
      return new Added(start, length, byteStart, round, claim(round));
    } finally {
      lock.unlock();
    }
  }

  /// Cuts the core in the open round.
  Added truncate(long to, Optional<Long> newFork) {
    lock.lock();
    try {
      refuseIfStopped();
      checkCut(to, newFork);
      List<TreeNode> roots = roots(FlatTree.fullRoots(to));
      Round round = openRound();
      MerkleTree end = new MerkleTree(roots);
      fork = newFork.orElse(fork + 1);
      round.cut(unsigned(end));
      tree = Optional.of(end);
      length = to;
      noteWaiting();
      return new Added(to, to, end.byteLength(), round, claim(round));
    } finally {
      lock.unlock();
    }
  }

  /// Takes the open round, to hand it over.
  Optional<Commit> take() {
    lock.lock();
    try {
      claimed = false;
      if (open.isEmpty()) {
        return Optional.empty();
      }
      Round round = open.get();
      Commit commit = new Commit(round, unsigned(tree()), stored(), generation, ++taken);
      open = Optional.empty();
      handing.add(round);
      underway.put(commit.sequence(), commit.head());
      return Optional.of(commit);
    } finally {
      lock.unlock();
    }
  }

  /// Starts over from nothing, once the core's deletion is on its way.
  Commit takeDropped() {
    lock.lock();
    try {
      Commit drop = new Commit(new Round(0), Head.empty(), stored(), generation, ++taken);
      underway.put(drop.sequence(), drop.head());
      startFrom(Head.empty());
      lookedUp = true; // what the store still has until it is told is not to be found
      return drop;
    } finally {
      lock.unlock();
    }
  }

  /// The store has the round now, and answers for its blocks and nodes.
  void handed(Commit commit, StoredCore core) {
    lock.lock();
    try {
      handing.remove(commit.round());
      noteWaiting();
      if (commit.generation() == generation) {
        stored = Optional.of(core);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The round is durable.
  ///
  /// @return whether the caller must hand the open round over
  boolean landed(Commit commit) {
    lock.lock();
    try {
      underway.remove(commit.sequence());
      if (commit.sequence() > latest) { // of those that one fsync serves, the last may come first
        latest = commit.sequence();
        durable = commit.head();
      }
      return open.isPresent() && claim(open.get());
    } finally {
      lock.unlock();
    }
  }

  /// The round will not become durable: nor will what was built on it. The core is again what the
  /// store has of it. Where the store never took the round, that includes what is underway before
  /// it; otherwise all that was underway fails as one.
  ///
  /// @return the rounds that fail with it
  List<Round> failed(Commit commit, Throwable cause) {
    lock.lock();
    try {
      List<Round> lost = new ArrayList<>(List.of(commit.round()));
      if (cause instanceof StoreFault fault && fault.kind() == StoreFault.Kind.STOPPED) {
        stopped = Optional.of(fault);
      }
      if (underway.remove(commit.sequence()) != null) {
        open.ifPresent(lost::add);
        if (!neverTaken(cause)) {
          underway.clear();
        }
        generation++;
        handing.clear();
        startFrom(latestUnderway());
      }
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a round failed before the store had it.
  private static boolean neverTaken(Throwable cause) {
    return !(cause instanceof StoreFault fault) || fault.kind() == StoreFault.Kind.OVERLOADED;
  }

  private Head latestUnderway() {
    Map.Entry<Long, Head> last = underway.lastEntry();
    return last == null || last.getKey() < latest ? durable : last.getValue();
  }

  private void startFrom(Head head) {
    basis = head;
    open = Optional.empty();
    noteWaiting();
    tree = Optional.empty();
    stored = Optional.empty();
    lookedUp = false;
    length = head.length();
    fork = head.fork();
  }

  private void refuseIfStopped() {
    if (stopped.isPresent()) {
      throw stopped.get();
    }
  }

  private void refuseIfMoved(OptionalLong at) {
    if (at.isPresent() && at.getAsLong() != length) {
      throw new CoreFault(
          CoreFault.Kind.MOVED,
          "core " + id + " has " + length + " blocks, not " + at.getAsLong(),
          "make the change again from what the core has now");
    }
  }

  /// One at a time hands over; and anyone does who finds the round heavy.
  private boolean claim(Round round) {
    if (round.weight() >= HEAVY) {
      return true;
    }
    boolean free = underway.isEmpty() && !claimed;
    claimed |= free;
    return free;
  }

  private Round openRound() {
    if (open.isEmpty()) {
      stored(); // may fail, which must not happen to a round that others wait for
      open = Optional.of(new Round(tree().length()));
      noteWaiting();
    }
    return open.get();
  }

  private MerkleTree tree() {
    if (tree.isEmpty()) {
      MerkleTree loaded = new MerkleTree(roots(FlatTree.fullRoots(length)));
      if (length > 0 && !Arrays.equals(loaded.hash(), basis.rootHash())) {
        throw damaged("its roots are not those of its head");
      }
      tree = Optional.of(loaded);
    }
    return tree.get();
  }

  private List<TreeNode> roots(long[] indexes) {
    List<TreeNode> roots = new ArrayList<>();
    for (long index : indexes) {
      roots.add(node(index).orElseThrow(() -> damaged("tree node " + index + " is missing")));
    }
    return roots;
  }

  private Optional<TreeNode> node(long index) {
    for (Round round : rounds()) {
      for (TreeNode node : round.nodes()) {
        if (node.index() == index) {
          return Optional.of(node);
        }
      }
    }
    return stored().flatMap(core -> core.node(index));
  }

  private void noteWaiting() {
    waitingFrom = rounds().stream().mapToLong(Round::base).min().orElse(Long.MAX_VALUE);
  }

  /// The rounds that the store does not have yet, the latest first.
  private List<Round> rounds() {
    List<Round> rounds = new ArrayList<>(open.stream().toList());
    rounds.addAll(handing.reversed());
    return rounds;
  }

  private Head unsigned(MerkleTree end) {
    return new Head(end.length(), end.byteLength(), fork, end.hash(), new byte[0]);
  }

  private void checkCut(long to, Optional<Long> newFork) {
    if (to < 0 || to > length) {
      throw new IllegalArgumentException("cannot cut a core of " + length + " to " + to);
    }
    if (newFork.isPresent() && newFork.get() <= fork) {
      throw new IllegalArgumentException("fork " + newFork.get() + " is not above " + fork);
    }
    if (prologue.isPresent() && to < prologue.get().length()) {
      throw new IllegalArgumentException("a core's prologue cannot be cut");
    }
  }

  /// The blocks of the prologue come all at once, and are what the manifest says.
  private void checkPrologue(MerkleTree end, List<byte[]> blocks, List<byte[]> hashes) {
    if (prologue.isEmpty() || end.length() >= prologue.get().length()) {
      return;
    }
    long missing = prologue.get().length() - end.length();
    if (blocks.size() < missing) {
      throw new IllegalArgumentException("a core's prologue is appended at once");
    }
    MerkleTree trial = end.copy();
    for (int at = 0; at < missing; at++) {
      trial.appendLeaf(blocks.get(at).length, hashes.get(at), _ -> {});
    }
    if (!Arrays.equals(trial.hash(), prologue.get().hash())) {
      throw new IllegalArgumentException("the first blocks are not the core's prologue");
    }
  }

  private CoreFault damaged(String why) {
    return new CoreFault(
        CoreFault.Kind.DAMAGED,
        "core " + id + " cannot be written to: " + why,
        "restore it from a replica or a backup; what it has can still be read");
  }
}
