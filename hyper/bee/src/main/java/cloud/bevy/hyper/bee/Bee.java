package cloud.bevy.hyper.bee;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Append;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Handover;
import cloud.bevy.hyper.core.Tip;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/// An ordered map from bytes to bytes on a core: a B-tree whose every change appends one block, in
/// the format of the JavaScript package hyperbee 2. Have one object for a core.
///
/// Readers see the durable version and wait for nobody. Writers take turns ([#batch]); a writer
/// builds on what others have appended, so that many batches wait for one `fsync` together.
///
/// A version is how many blocks of the core there were. Versions inside a batch cannot be looked
/// at: only a batch's last block has a root.
///
/// On a core whose blocks are elsewhere ([#remote]) reading fetches the blocks that it needs, and
/// no others.
public final class Bee {
  /// How long a writer waits for its turn.
  static final Duration TURN_DEADLINE = Duration.ofSeconds(60);

  /// How long the reader of a remote bee waits for a block, unless it says otherwise.
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /// How much is in memory of a tree that is checked, in bytes.
  private static final long CHECKING = 4 << 20;

  private final World world;
  private final Loader loader;
  private final Core core;
  private final NodeCache cache;
  private final BeeHeader header;
  private final Writers writers;
  private volatile NodeCache.Shelf shelf;

  private Bee(World world, Loader loader, NodeCache cache, BeeHeader header) {
    this.world = world;
    this.loader = loader;
    this.core = loader.core();
    this.cache = cache;
    this.header = header;
    this.writers = new Writers(world, cache);
    this.shelf = new NodeCache.Shelf(core.key(), 0);
  }

  private Bee(Bee other, Duration patience) {
    this.world = other.world;
    this.loader = Loader.of(world, other.core, patience);
    this.core = other.core;
    this.cache = other.cache;
    this.header = other.header;
    this.writers = other.writers;
    this.shelf = other.shelf;
  }

  /// The bee on a core. Nothing is written before the first change.
  public static Bee on(World world, Core core, NodeCache cache) {
    return on(world, core, cache, BeeHeader.PLAIN);
  }

  /// The bee on a core.
  ///
  /// @param header for the first block, where there is none
  public static Bee on(World world, Core core, NodeCache cache, BeeHeader header) {
    return new Bee(world, Loader.of(world, core, Duration.ZERO), cache, header);
  }

  /// The bee on a core whose blocks are elsewhere. Who reads waits for them up to [#PATIENCE] each.
  public static Bee remote(World world, Core core, NodeCache cache) {
    return on(world, core, cache).patience(PATIENCE);
  }

  /// The same bee for readers who wait as long for a block that is elsewhere, or not at all where
  /// that is zero. Writers share their turns.
  public Bee patience(Duration patience) {
    return new Bee(this, patience);
  }

  /// The core that the bee is on.
  public Core core() {
    return core;
  }

  /// What the core's first block says.
  ///
  /// @return nothing where it is not that of a bee
  /// @throws BeeFault where there is none, or it cannot be had
  public Optional<BeeHeader> header() {
    return BeeHeader.read(new BlockLookup.Found(loader.load(0)).toArray());
  }

  /// Asks where the core is written what the newest version is, and waits until it is known here.
  /// Returns at once where nobody can be asked.
  ///
  /// @return whether there is something new
  /// @throws TimeoutException where somebody has not answered in time
  public boolean update(Duration deadline) throws InterruptedException, TimeoutException {
    return core.update(deadline);
  }

  /// The durable version, at least 1.
  public long version() {
    return Math.max(1, core.length());
  }

  /// The map as it is now: the durable version.
  public BeeView now() {
    return view();
  }

  /// The map as it was when the core had `version` blocks.
  ///
  /// @throws IllegalArgumentException if it has not as many durable ones
  public BeeView at(long version) {
    return view(version);
  }

  /// The name of this core's blocks in the cache, the same object as long as the fork is.
  private NodeCache.Shelf shelf(long fork) {
    NodeCache.Shelf known = shelf;
    if (known.fork() != fork) {
      known = known.at(fork);
      shelf = known;
    }
    return known;
  }

  TreeView view() {
    Head head = core.head();
    return new TreeView(new CoreBlocks(loader, cache, shelf(head.fork()), head.length()));
  }

  private TreeView view(long version) {
    TreeView latest = view();
    if (version < 0 || version > latest.version()) {
      throw new IllegalArgumentException(
          "version " + version + " of a bee that is at " + latest.version());
    }
    return new TreeView(latest.blocks().until(version));
  }

  /// What was done to the map, step by step.
  public Iterator<BeeChange> history(History history) {
    return new Changes(view().blocks(), history);
  }

  /// The keys that two versions do not agree on, in ascending order.
  ///
  /// @param range which keys to look at; not a reversed one
  public Iterator<BeeDifference> differences(long before, long after, Range range) {
    if (range.backwards()) {
      throw new IllegalArgumentException("differences come in ascending order");
    }
    return new Differences(view(before).blocks(), view(after).blocks(), range);
  }

  /// The versions from now on, as they arrive.
  public BeeWatch watch() {
    return watch(Range.all());
  }

  /// The versions from now on in which a range has changed.
  ///
  /// @param range not a reversed one; its limit does not count
  public BeeWatch watch(Range range) {
    if (range.backwards()) {
      throw new IllegalArgumentException("a watched range is in ascending order");
    }
    return new BeeWatch(world, this, range);
  }

  /// Goes through the whole durable version and says what is wrong with it.
  public BeeCheck verify() {
    return verify(core.length());
  }

  /// Goes through the whole of a version and says what is wrong with it: of what is stored,
  /// whatever is still in the cache.
  public BeeCheck verify(long version) {
    Bee uncached = new Bee(world, loader, new NodeCache(CHECKING), header);
    try {
      CoreBlocks blocks = uncached.view(version).blocks();
      return new TreeCheck(blocks).check(blocks.root());
    } catch (BeeFault rootless) {
      return new BeeCheck(0, 0, 0, List.of("the root cannot be read: " + rootless.getMessage()));
    }
  }

  /// Takes the turn to write.
  ///
  /// @throws BeeFault if it does not come in time
  public BeeBatch batch() {
    writers.turn().take(TURN_DEADLINE);
    try {
      return new BeeBatch(this, new WriterBlocks(loader, cache, shelf, writers.recent()));
    } catch (RuntimeException e) {
      writers.turn().pass();
      throw e;
    }
  }

  /// Gives a key a value.
  public Ticket put(byte[] key, byte[] value) {
    try (BeeBatch batch = batch()) {
      batch.put(key, value);
      return batch.commit();
    }
  }

  /// Takes a key out.
  public Ticket delete(byte[] key) {
    try (BeeBatch batch = batch()) {
      batch.delete(key);
      return batch.commit();
    }
  }

  /// Says when all that was appended so far is durable. In the turn.
  Ticket settled() {
    Ticket latest = writers.last();
    return latest == null || core.appended() == core.length()
        ? Ticket.following(world.tasks(), CompletableFuture.completedFuture(null))
        : latest;
  }

  /// Appends what a batch has changed. In the turn.
  ///
  /// @param behind what must not have failed
  Ticket append(long end, WriteTree tree, List<Handover> behind) {
    List<byte[]> encoded = tree.encode();
    List<byte[]> blocks = encoded;
    if (end == 0) {
      blocks = new ArrayList<>(encoded.size() + 1);
      blocks.add(header.write());
      blocks.addAll(encoded);
    }
    Append append = core.give(end, blocks, behind);
    writers.last(append.ticket());
    Tip tip = core.tip();
    writers.recent().add(tip, shelf(tip.fork()), tree.blocks(encoded), append.ticket());
    return append.ticket();
  }

  /// Ends a turn.
  void end() {
    writers.turn().pass();
  }
}
