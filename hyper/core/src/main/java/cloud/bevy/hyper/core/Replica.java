package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/// A core as those see it who exchange it with others: what replication needs, and nobody else. The
/// same for a core that is written here and for one whose signer is elsewhere. One object a core;
/// what it holds in memory about presence goes when nobody holds the object.
public final class Replica {
  /// The most words that are told at once: those of 2^21 blocks, the largest segment on the wire.
  public static final int MOST_WORDS = 1 << 16;

  private final Core core;
  private final Intake intake;
  private final Presence presence;
  private volatile ServedNodes served = new ServedNodes(0);

  Replica(Core core, Intake intake) {
    this.core = core;
    this.intake = intake;
    this.presence = new Presence(core.tail()::stored);
  }

  Presence present() {
    return presence;
  }

  /// The core.
  public Core core() {
    return core;
  }

  /// Where the core ends durably: all that others are told of.
  public Head head() {
    return core.head();
  }

  /// Where the core ends with what was accepted (or appended) and is not yet durable: from here on
  /// an upgrade is asked for.
  public Tip tip() {
    return core.tail().tip();
  }

  /// Who may sign the core; nothing as long as that is not known, so that it must be asked for.
  public Optional<Manifest> manifest() {
    return core.knownManifest();
  }

  /// Why the core is frozen, if it is: its signer has signed two histories.
  public Optional<CoreFault> conflict() {
    return core.identity().conflict();
  }

  /// Whether proofs of a higher fork are to be followed.
  public boolean followsForks() {
    return core.followsForks() || tip().length() == 0;
  }

  /// How many of the first durable blocks are here without a gap.
  public long contiguous() {
    return presence.contiguous(head().length());
  }

  /// Whether a block need not be fetched: it is here, durable or not, and was not met damaged.
  /// Mostly tells from memory, and reads the store's index where that has not been asked for
  /// lately.
  public boolean has(long block) {
    return block >= 0
        && block < core.appended()
        && presence.has(block)
        && !core.damaged().hasBlock(block);
  }

  /// Which blocks below the durable length are here, as in message `bitfield`: bit `b` of word `w`
  /// is block `from + 32 w + b`.
  ///
  /// @param from a multiple of 32
  /// @param words how many, at most [#MOST_WORDS]
  public int[] presence(long from, int words) {
    if (from < 0 || from % Integer.SIZE != 0 || words < 0 || words > MOST_WORDS) {
      throw new IllegalArgumentException("no words: " + words + " from block " + from);
    }
    int[] filled = new int[words];
    presence.fill(from, head().length(), filled);
    return filled;
  }

  /// How many levels of the tree above a node are not here, the node itself included: what goes
  /// into a request as `nodes`. Zero where the node lies beyond the accepted tree. The roots of
  /// that tree count as here, though the store may not have them yet: who asked for a level above
  /// them would be refused.
  ///
  /// @param treeIndex twice the block's number for a block
  public long missingNodes(long treeIndex) {
    Tip tip = tip();
    Optional<StoredCore> stored = core.tail().stored();
    long end = 2 * tip.length();
    if (treeIndex < 0 || FlatTree.rightSpan(treeIndex) >= end) {
      return 0;
    }
    long missing = 0;
    long at = treeIndex;
    long above = FlatTree.parent(at);
    while (!FlatTree.contains(above, end) && (!hasNode(stored, at) || core.damaged().hasNode(at))) {
      missing++;
      at = above;
      above = FlatTree.parent(at);
    }
    return missing;
  }

  /// Whether an upgrade from a length to the durable one can be proved: of a core that is not all
  /// here, not every one can.
  public boolean canUpgradeFrom(long length) {
    Head head = head();
    Optional<StoredCore> stored = core.tail().stored();
    if (length < 0 || length >= head.length()) {
      return false;
    }
    for (long node : FlatTree.cover(length, head.length())) {
      if (!hasNode(stored, node)) {
        return false;
      }
    }
    return true;
  }

  /// How many blocks below a node are looked at for one that a peer has.
  private static final int MOST_TRIED = 1 << 16;

  /// What to ask a peer so that one comes closer to the block that has a byte: a hash and a seek.
  /// Nothing where the way to it is all here, the byte lies beyond the durable core, or the peer
  /// has nothing near it.
  ///
  /// @param has whether the peer has a block
  public Optional<Proof.Request> question(Want.Byte wanted, LongPredicate has) {
    return core.tail()
        .stored()
        .flatMap(stored -> new Seek(stored, head(), wanted.padding()).gap(wanted.bytes()))
        .flatMap(node -> question(wanted, node, has));
  }

  private static Optional<Proof.Request> question(Want.Byte wanted, long node, LongPredicate has) {
    long from = FlatTree.leftSpan(node) / 2;
    long to = from + Math.min(FlatTree.leaves(node), MOST_TRIED);
    return LongStream.range(from, to)
        .filter(has)
        .mapToObj(block ->
            new Proof.Request(
                Optional.empty(),
                Optional.of(new Proof.Wanted(2 * block, FlatTree.depth(node))),
                Optional.of(new Proof.Spot(wanted.bytes(), wanted.padding())),
                Optional.empty()))
        .findFirst();
  }

  private static boolean hasNode(Optional<StoredCore> stored, long index) {
    return stored.isPresent() && stored.get().hasNode(index);
  }

  /// Proves what a peer asks for, from the durable core.
  ///
  /// @throws MalformedException where the request makes no sense for this core, or what it asks for
  ///   is not here
  public Proof prove(Proof.Request request) throws MalformedException {
    Tail.View view = core.tail().view();
    ServedNodes nodes = served;
    if (nodes.era() != view.era()) {
      nodes = new ServedNodes(view.era());
      served = nodes;
    }
    return core.prove(request, view, nodes);
  }

  /// Checks proofs of one peer and stores what they show, in one batch. What is stored can be read
  /// at once. A later proof may build on an earlier one. Hand in together what came together: that
  /// is what makes it fast. Blocks while the store has too much to write.
  ///
  /// A proof of an upgrade from 0, though the core here is longer, is looked at for a conflict
  /// only; one of a higher fork goes to [#reorganise] instead, and is stale here.
  ///
  /// @throws MalformedException where one of them is false: nothing is stored of any of them, and
  ///   the peer is not to be trusted
  /// @throws CoreFault of kind [CoreFault.Kind#CONFLICT] where a proof shows that the core's signer
  ///   has signed two histories, or has done so before
  public Accepted accept(List<Proof.Message> messages) throws MalformedException {
    return intake.accept(messages);
  }

  /// Begins to follow a higher fork, given the proof of its whole tree: an upgrade from 0.
  ///
  /// @throws MalformedException where the proof is false, or is not of a higher fork
  public Reorganisation reorganise(Proof.Message message) throws MalformedException {
    return intake.reorganise(message);
  }

  /// Has a listener told from now on, until what is returned is closed.
  public Registration listen(Listener listener) {
    return core.listen(listener);
  }
}
