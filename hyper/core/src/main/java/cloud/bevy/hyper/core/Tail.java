package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Manifest.Prologue;
import cloud.bevy.hyper.store.CoreId;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.TreeNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The end of a core as its writer sees it: the tree with all that was appended, the round that is
/// still open, and where the core ends durably. Nothing here signs, waits or writes.
final class Tail {
  /// An open round of this weight is handed over by whoever adds to it, however many are underway:
  /// so a writer that is faster than the disk waits for it.
  static final long HEAVY = 8 << 20;

  private final Store store;
  private final CoreId id;
  private final Supplier<Optional<Prologue>> prologue;
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

  /// Where the core ends with all that was handed over, signed.
  private Head handed;

  /// The commits that were taken and of which nothing was heard yet.
  private final NavigableMap<Long, Commit> underway = new TreeMap<>();

  private final Cuts cuts = new Cuts();
  private long durableEra;

  private boolean claimed;
  private long generation;
  private long taken;
  private long latest;

  /// @param prologue of the core, as far as it is known
  Tail(Store store, CoreId id, Supplier<Optional<Prologue>> prologue) {
    this.store = store;
    this.id = id;
    this.prologue = prologue;
    this.durable = stored().map(StoredCore::head).orElse(Head.empty());
    this.basis = durable;
    this.handed = durable;
    this.length = durable.length();
    this.fork = durable.fork();
  }

  /// What an append or a truncation has become part of.
  ///
  /// @param mine whether the caller must hand the open round over
  record Added(long start, long length, long byteStart, Round round, boolean mine) {}

  /// What the proofs of others are checked against.
  ///
  /// @param tree the core's tree, a copy
  /// @param era in which nothing of the core is lost: [Cuts]
  record Known(Optional<StoredCore> stored, MerkleTree tree, long fork, long era) {}

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
  /// @param under which fork the core must be, if that matters
  Added append(Addition addition, OptionalLong under, List<byte[]> hashes) {
    List<byte[]> blocks = addition.blocks();
    lock.lock();
    try {
      refuseIfStopped();
      refuseIfMoved(addition.at(), under);
      MerkleTree end = tree();
      Optional<Prologue> fixed = prologue.get().filter(it -> end.length() < it.length());
      fixed.ifPresent(it -> it.check(end, blocks, hashes));
      long start = end.length();
      long byteStart = end.byteLength();
      Round round = openRound();
      round.behind(addition.behind());
      if (!addition.left()) {
        round.want();
      }
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
      cuts.note(to);
      round.cut(unsigned(end));
      round.want();
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
      Commit commit = commit(round, unsigned(tree()));
      open = Optional.empty();
      handing.add(round);
      return Optional.of(commit);
    } finally {
      lock.unlock();
    }
  }

  /// What proofs are checked against. The caller has handed over what was open.
  Known known() {
    lock.lock();
    try {
      return new Known(stored(), tree().copy(), fork, cuts.era());
    } finally {
      lock.unlock();
    }
  }

  /// Takes what proofs have shown, to hand it over.
  ///
  /// @param from what they were checked against
  /// @param round what becomes of the core's blocks
  /// @param end the tree they lead to
  /// @param head where the core ends then, if it changes
  /// @return nothing where the core is no longer what they were checked against
  Optional<Commit> takeAccepted(Known from, Round round, MerkleTree end, Optional<Head> head) {
    lock.lock();
    try {
      refuseIfStopped();
      if (open.isPresent() || cuts.era() != from.era() || length != from.tree().length()) {
        return Optional.empty();
      }
      if (head.isPresent()) {
        tree = Optional.of(end);
        length = end.length();
        fork = head.get().fork();
        handed = head.get();
        round.cut().ifPresent(cut -> cuts.note(cut.length()));
      }
      return Optional.of(commit(round, handed));
    } finally {
      lock.unlock();
    }
  }

  /// A claim on the durability of all that was taken by now; what fails is no longer waited for.
  CompletionStage<Void> settled() {
    lock.lock();
    try {
      return underway.isEmpty()
          ? CompletableFuture.completedFuture(null)
          : underway.lastEntry().getValue().round().durable().handle((_, _) -> null);
    } finally {
      lock.unlock();
    }
  }

  /// The durable core, and the era it is of.
  View view() {
    lock.lock();
    try {
      return new View(durable, durableEra);
    } finally {
      lock.unlock();
    }
  }

  /// What a snapshot is of.
  record View(Head head, long era) {}

  /// How many of the first blocks are those that the core had in an era.
  long common(long era) {
    lock.lock();
    try {
      return cuts.common(era);
    } finally {
      lock.unlock();
    }
  }

  /// Starts over from nothing, once the core's deletion is on its way.
  Commit takeDropped() {
    lock.lock();
    try {
      cuts.note(0);
      Commit drop = commit(Round.dropping(), Head.empty());
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
        handed = commit.head();
        underway.computeIfPresent(commit.sequence(), (_, _) -> commit);
      }
    } finally {
      lock.unlock();
    }
  }

  /// What has become durable, and whether there is more to do.
  ///
  /// @param commits those of which nothing was heard before, in order
  /// @param moved whether the core ends elsewhere than before
  /// @param more whether the caller must hand the open round over
  record Landed(List<Commit> commits, boolean moved, boolean more) {}

  /// The round is durable, and so is what was handed over before it: of those that one fsync
  /// serves, the last may come first.
  Landed landed(Commit commit) {
    lock.lock();
    try {
      NavigableMap<Long, Commit> done = underway.headMap(commit.sequence(), true);
      List<Commit> commits = new ArrayList<>(done.values());
      done.clear();
      boolean moved = commit.sequence() > latest && !commit.head().equals(durable);
      if (commit.sequence() > latest) {
        latest = commit.sequence();
        durable = commit.head();
        durableEra = commit.era();
      }
      return new Landed(commits, moved, open.isPresent() && claim(open.get()));
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
        cuts.note(length);
      }
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a round failed before the store had it.
  private static boolean neverTaken(Throwable cause) {
    return !(cause instanceof StoreFault fault)
        || fault.kind() == StoreFault.Kind.OVERLOADED
        || fault.kind() == StoreFault.Kind.UNFOUNDED;
  }

  private Commit commit(Round round, Head head) {
    Commit commit = new Commit(round, head, stored(), generation, ++taken, cuts.era());
    underway.put(commit.sequence(), commit);
    return commit;
  }

  private Head latestUnderway() {
    Map.Entry<Long, Commit> last = underway.lastEntry();
    return last == null ? durable : last.getValue().head();
  }

  private void startFrom(Head head) {
    basis = head;
    handed = head;
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

  private void refuseIfMoved(OptionalLong at, OptionalLong under) {
    if (at.orElse(length) != length || under.orElse(fork) != fork) {
      throw new CoreFault(
          CoreFault.Kind.MOVED,
          "core " + id + " has " + length + " blocks, not " + at.orElse(length),
          "make the change again from what the core has now");
    }
  }

  /// One at a time hands over, what somebody wants; and anyone does who finds the round heavy.
  private boolean claim(Round round) {
    if (round.weight() >= HEAVY) {
      return true;
    }
    boolean free = round.wanted() && underway.isEmpty() && !claimed;
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
    if (prologue.get().filter(it -> to < it.length()).isPresent()) {
      throw new IllegalArgumentException("a core's prologue cannot be cut");
    }
  }

  private CoreFault damaged(String why) {
    return new CoreFault(
        CoreFault.Kind.DAMAGED,
        "core " + id + " cannot be written to: " + why,
        "restore it from a replica or a backup; what it has can still be read");
  }
}
