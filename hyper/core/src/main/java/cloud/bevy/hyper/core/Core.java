package cloud.bevy.hyper.core;

import cloud.bevy.foundation.base.FilePart;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.core.GivenBlocks.Kind;
import cloud.bevy.hyper.core.Tail.Added;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.Ticket;
import cloud.bevy.hyper.wire.MalformedException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A signed append-only log of blocks. Safe for use by several tasks at once. Costs nothing on disk
/// until its first append, and no task, timer or open file at any time.
///
/// Appends return at once. What is appended while a commit is under way is gathered, hashed, and
/// signed once for all, so that waiting writers share signatures as they share `fsync`s. Readers
/// see the durable core ([#length]), the writer sees what it has appended ([#appended]).
public final class Core {
  /// The largest block, in bytes: what still fits into a frame on the wire.
  public static final int MAXIMUM_BLOCK = 15 << 20;

  /// The most blocks in one append.
  public static final int MOST_BLOCKS = 1 << 16;

  /// The most bytes in one append.
  public static final long MOST_BYTES = 128 << 20;

  private final World world;
  private final Identity identity;
  private final Tail tail;
  private final Audience audience;
  private final Demand demand;
  private final Damaged damaged = new Damaged();
  private final Commits commits;
  private final Intake intake;
  private final Appends appends;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile WeakReference<Replica> replica = new WeakReference<>(null);
  private volatile Optional<BlockCipher> cipher = Optional.empty();
  private volatile Optional<Boolean> followsForks = Optional.empty();

  /// @param manifest of the core; nothing where it is known by its key alone
  Core(World world, Store store, byte[] key, Optional<Manifest> manifest) {
    this.world = world;
    this.identity = new Identity(key, manifest);
    this.tail = new Tail(store, identity.id(), identity::prologue);
    this.audience = new Audience(world);
    this.demand = new Demand(world);
    this.commits = new Commits(this, world, store);
    this.intake = new Intake(this);
    this.appends = new Appends(tail);
    tail.stored().filter(Evidence::isIn).ifPresent(it -> intake.freezeAgain(Evidence.of(it)));
  }

  /// Lets the core be written with this key pair, if it may sign alone.
  Core signedBy(KeyPair pair) {
    identity.signWith(pair);
    return this;
  }

  /// Tells the core who signs it, where it does not know.
  Core learn(Manifest manifest) {
    identity.learn(new Verifier(identity.key(), manifest));
    return this;
  }

  /// The 32 bytes that name the core and from which it is read.
  public byte[] key() {
    return identity.key().clone();
  }

  /// The 32 bytes by which those who know the key find one another.
  public byte[] discoveryKey() {
    return identity.id().bytes();
  }

  /// Who may sign the core.
  ///
  /// @throws CoreFault where that is not known yet: [#knownManifest]
  public Manifest manifest() {
    return identity.known().manifest();
  }

  /// Who may sign the core; nothing for a core that was opened by its key alone, before something
  /// was accepted of it.
  public Optional<Manifest> knownManifest() {
    return identity.verifier().map(Verifier::manifest);
  }

  /// Whether the core's signer is here.
  public boolean writable() {
    return identity.signer().isPresent();
  }

  /// How many blocks are durable.
  public long length() {
    return head().length();
  }

  /// How many bytes there are in all durable blocks.
  public long byteLength() {
    Head head = head();
    return head.byteLength() - padding() * head.length();
  }

  /// How often the core was truncated, durably.
  public long fork() {
    return head().fork();
  }

  /// The hash over the roots of the durable tree.
  public byte[] rootHash() {
    Head head = head();
    return head.length() == 0 ? new MerkleTree().hash() : head.rootHash().clone();
  }

  /// Where the core ends durably, with its signature.
  public Head head() {
    return tail.durable();
  }

  /// How many blocks there are, those that are not yet durable included.
  public long appended() {
    return tail.length();
  }

  /// Where the core ends with what is not yet durable.
  public Tip tip() {
    Tip tip = tail.tip();
    return new Tip(tip.length(), tip.byteLength() - padding() * tip.length(), tip.fork());
  }

  /// Which durable block has the byte that `offset` others come before. Reads a few tree nodes.
  ///
  /// @return nothing where the core is shorter, or its tree is not all here
  public Optional<Place> seek(long offset) {
    Head head = head();
    return tail.stored().flatMap(core -> new Seek(core, head, padding()).find(offset));
  }

  /// Appends blocks, which are copied. Returns at once, except where more waits for the disk than
  /// memory should hold.
  ///
  /// @throws IllegalArgumentException for a block over [#MAXIMUM_BLOCK], more than [#MOST_BLOCKS]
  ///   or [#MOST_BYTES] at once, or blocks that are not the manifest's prologue
  /// @throws CoreFault where the core is not writable
  /// @throws StoreFault where the store has stopped
  public Append append(List<byte[]> blocks) {
    return add(Addition.of(OptionalLong.empty(), new GivenBlocks(blocks, Kind.COPIED)));
  }

  /// Appends blocks that were made to come behind `length` others, and after nothing else.
  ///
  /// @throws CoreFault also where the core has not that length: an append that was seen has failed
  public Append append(long length, List<byte[]> blocks) {
    return add(Addition.of(OptionalLong.of(length), new GivenBlocks(blocks, Kind.COPIED)));
  }

  /// Appends blocks without copying them: they belong to the core from now on, and whoever changes
  /// one of them makes it one that nobody can verify. Otherwise as [#append(List)].
  public Append give(List<byte[]> blocks) {
    return give(given(blocks));
  }

  /// Blocks that are to be given to this core in their turn, and may be hashed before.
  public GivenBlocks given(List<byte[]> blocks) {
    return new GivenBlocks(blocks, cipher.isEmpty() ? Kind.KEPT : Kind.ENCRYPTED);
  }

  /// Appends blocks that may have been hashed. Otherwise as [#give(List)].
  public Append give(GivenBlocks blocks) {
    return add(Addition.of(OptionalLong.empty(), blocks));
  }

  /// The same for blocks that were made to come behind `length` others, as [#append(long, List)]
  /// takes them, and that are durable only where other things are.
  ///
  /// @param behind of other cores, whose store must be this one's
  public Append give(long length, List<byte[]> blocks, List<Handover> behind) {
    return add(new Addition(OptionalLong.of(length), given(blocks), behind, false));
  }

  /// Appends blocks that the store need not have before what is given to another core behind them:
  /// then one `fsync` serves both. Until that, or anything else that is appended or cleared here,
  /// they wait: whoever gives up what was to come behind them must [#clear] them or
  /// [Handover#push]. Otherwise as [#give(GivenBlocks)].
  public Append leave(GivenBlocks blocks) {
    return add(new Addition(OptionalLong.empty(), blocks, List.of(), true));
  }

  private Append add(Addition addition) {
    Appends.checkSizes(addition.blocks());
    identity.checkWritable(tail.length() + addition.blocks().size());
    Added added = appends.add(addition, cipher);
    long byteStart = added.byteStart() - padding() * added.start();
    Ticket ticket = commits.ticket(added);
    boolean left = addition.left() && !added.mine();
    Handover handover = new Handover(commits, added.round(), left);
    return new Append(added.start(), added.length(), byteStart, ticket, handover);
  }

  /// Appends one block.
  public Append append(byte[] block) {
    return append(List.of(block));
  }

  /// Cuts the core to `length` blocks and raises its fork by one, so that nothing that was signed
  /// before can be mistaken for current.
  ///
  /// @throws IllegalArgumentException where the core is shorter, or `length` is within its prologue
  public Ticket truncate(long length) {
    identity.checkWritable(Long.MAX_VALUE);
    return commits.ticket(tail.truncate(length, Optional.empty()));
  }

  /// Cuts the core to `length` blocks and sets its fork.
  ///
  /// @throws IllegalArgumentException also where `fork` is not above what it was
  public Ticket truncate(long length, long fork) {
    identity.checkWritable(Long.MAX_VALUE);
    return commits.ticket(tail.truncate(length, Optional.of(fork)));
  }

  /// Looks a block up, among those that are not yet durable too. What the store finds it has
  /// checked against the block's checksum.
  public BlockLookup get(long index) {
    BlockLookup lookup = stored(index);
    return cipher.isEmpty() ? lookup : cipher.get().decrypt(index, lookup);
  }

  /// A durable block's bytes in the file that they stand in, for sending them on as they are. What
  /// is there has been checked against the block's checksum.
  ///
  /// @return nothing where they are not to be had so: [#get] the block
  public Optional<FilePart> part(long index) {
    boolean readable = cipher.isEmpty() && index >= 0 && index < tail.length();
    return readable && tail.waiting(index).isEmpty()
        ? tail.stored().flatMap(core -> core.part(index))
        : Optional.empty();
  }

  private BlockLookup stored(long index) {
    if (index < 0 || index >= tail.length()) {
      return new BlockLookup.Missing(index);
    }
    Optional<byte[]> waiting = tail.waiting(index);
    if (waiting.isPresent()) {
      return new BlockLookup.Found(ByteBuffer.wrap(waiting.get().clone()));
    }
    return tail.stored().map(core -> core.block(index)).orElse(new BlockLookup.Missing(index));
  }

  /// Looks a block up, and where it is not here has the core's sources fetch it, and waits. So it
  /// does for a block beyond the core's end, which may come. Returns at once what is here.
  ///
  /// @return missing where no source is attached, or the deadline has passed
  public BlockLookup read(long index, Duration deadline) throws InterruptedException {
    BlockLookup here = get(index);
    if (here instanceof BlockLookup.Found || index < 0 || !canFetch()) {
      return here;
    }
    if (here instanceof BlockLookup.Corrupt) {
      damaged.noteBlock(index);
    }
    BlockLookup found = demand.block(index, () -> found(index), deadline);
    return found == null ? get(index) : found;
  }

  /// Has the core's sources fetch blocks, without waiting for them, until what is returned is
  /// closed.
  ///
  /// @param to one past the last block; [Long#MAX_VALUE] for all that there are and will be
  public Registration download(long from, long to) {
    return demand.want(new Want.Blocks(from, to, false));
  }

  /// Asks the core's sources what the newest length is, and waits until it is durable here. Returns
  /// at once where no source is attached.
  ///
  /// @return whether the core is longer than it was, or of another fork
  /// @throws TimeoutException where a source has not answered in time; the core may have grown
  public boolean update(Duration deadline) throws InterruptedException, TimeoutException {
    if (!canFetch()) {
      return false;
    }
    Head before = head();
    long since = world.time().nanos();
    demand.newest(deadline);
    world.tasks().await(tail.settled(), deadline.minusNanos(world.time().nanos() - since));
    Head now = head();
    return now.length() > before.length() || now.fork() != before.fork();
  }

  /// Which block has the byte that `offset` others come before; where the tree that tells is not
  /// all here, the core's sources fetch it.
  ///
  /// @return nothing where the core is shorter, no source is attached or the deadline has passed
  public Optional<Place> seek(long offset, Duration deadline) throws InterruptedException {
    Optional<Place> here = seek(offset);
    if (here.isPresent() || offset < 0 || !canFetch()) {
      return here;
    }
    Want.Byte spot = new Want.Byte(offset, padding());
    return Optional.ofNullable(demand.spot(spot, () -> seek(offset).orElse(null), deadline));
  }

  /// Has the core's readers served from elsewhere, until what is returned is closed.
  public Registration attach(Source source) {
    return demand.attach(source);
  }

  /// Has a listener told what becomes of the core, until what is returned is closed.
  public Registration listen(Listener listener) {
    return audience.add(listener);
  }

  /// The durable core as it is now, whatever is appended later.
  public Snapshot snapshot() {
    return new Snapshot(this, tail.view());
  }

  /// The core as those see it who exchange it with others.
  public Replica replica() {
    lock.lock();
    try {
      Replica held = replica.get();
      if (held == null) {
        held = new Replica(this, intake);
        replica = new WeakReference<>(held);
      }
      return held;
    } finally {
      lock.unlock();
    }
  }

  /// Says whether the core goes along when its signer truncates it elsewhere. It does by default,
  /// unless it is written here.
  public Core followForks(boolean follow) {
    followsForks = Optional.of(follow);
    return this;
  }

  boolean followsForks() {
    return followsForks.orElse(!writable());
  }

  /// Whether anything may still come from elsewhere.
  private boolean canFetch() {
    return demand.canFetch() && identity.conflict().isEmpty();
  }

  private @Nullable BlockLookup found(long index) {
    return get(index) instanceof BlockLookup.Found found ? found : null;
  }

  /// Says that the core's blocks are encrypted, as npm's hypercore encrypts them: what is appended
  /// from now on is, and what is read is decrypted. What others are told stays encrypted. Lengths
  /// in bytes and offsets do not count what encryption adds.
  ///
  /// @param encryptionKey 32 secret bytes
  /// @throws IllegalArgumentException where the core is open with another key
  public Core encryptedWith(byte[] encryptionKey) {
    lock.lock();
    try {
      if (cipher.isPresent() && !cipher.get().hasKey(encryptionKey)) {
        throw new IllegalArgumentException(
            "core " + identity.id() + " is open with another encryption key");
      }
      cipher = Optional.of(new BlockCipher(identity.key(), encryptionKey));
      return this;
    } finally {
      lock.unlock();
    }
  }

  private long padding() {
    return cipher.isEmpty() ? 0 : BlockCipher.PADDING;
  }

  /// Looks a durable block up and checks it against the signed tree, not against its checksum only.
  public BlockLookup getVerified(long index) {
    Head head = head();
    if (index < 0 || index >= head.length()) {
      return new BlockLookup.Missing(index);
    }
    BlockLookup lookup =
        tail.stored()
            .map(core -> new Inspection(core, head, verifier()).block(index))
            .orElse(new BlockLookup.Missing(index));
    return cipher.isEmpty() ? lookup : cipher.get().decrypt(index, lookup);
  }

  /// Whether a block is there.
  public boolean has(long index) {
    return index >= 0
        && index < tail.length()
        && (tail.waiting(index).isPresent()
            || tail.stored().map(core -> core.has(index)).orElse(false));
  }

  /// Forgets the blocks from `from` up to but not including `to`, to make room. The tree stays, and
  /// so does the core's length.
  public Ticket clear(long from, long to) {
    return commits.clear(from, to);
  }

  /// Forgets the core and all it has.
  public Ticket drop() {
    return commits.drop();
  }

  /// Reads all of the durable core back and checks blocks, tree, hash and signature. Of a core
  /// whose signer is elsewhere blocks need not be here, nor the tree above blocks that are not.
  public Verification verify() {
    return verify(head());
  }

  /// The same up to where the core ended at some time, however it has grown since.
  public Verification verify(Head head) {
    return tail.stored()
        .map(core ->
            writable()
                ? new Inspection(core, head, verifier()).all()
                : new SparseInspection(core, head, verifier()).all())
        .orElse(new Verification(0, 0, List.of()));
  }

  /// Proves what a reader asks for, from the durable core.
  ///
  /// @throws MalformedException where the request makes no sense for this core, or what it asks for
  ///   is not here
  public Proof prove(Proof.Request request) throws MalformedException {
    Tail.View view = tail.view();
    return prove(request, view, new ServedNodes(view.era()));
  }

  Proof prove(Proof.Request request, Tail.View view, ServedNodes served) throws MalformedException {
    Optional<StoredCore> core = tail.stored();
    if (core.isEmpty() || view.head().length() == 0) {
      throw new MalformedException("there is nothing in the core");
    }
    Proof proof = new Prover(core.get(), view.head(), served).prove(request, identity.prologue());
    if (tail.common(view.era()) < view.head().length()) {
      throw new MalformedException("the core is being cut");
    }
    return proof;
  }

  /// Checks what others sign for this core.
  ///
  /// @throws CoreFault where it is not known who signs it
  public Verifier verifier() {
    return identity.known();
  }

  Identity identity() {
    return identity;
  }

  Tail tail() {
    return tail;
  }

  Audience audience() {
    return audience;
  }

  Demand demand() {
    return demand;
  }

  Damaged damaged() {
    return damaged;
  }

  Commits commits() {
    return commits;
  }

  /// What is known of which blocks are here, while somebody needs it.
  Optional<Presence> presence() {
    return Optional.ofNullable(replica.get()).map(Replica::present);
  }
}
