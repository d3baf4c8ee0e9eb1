package cloud.bevy.hyper.bee;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Append;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Tip;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// An ordered map from bytes to bytes on a core: a B-tree whose every change appends one block, in
/// the format of the JavaScript package hyperbee 2. Have one object for a core.
///
/// Readers see the durable version and wait for nobody. Writers take turns ([#batch]); a writer
/// builds on what others have appended, so that many batches wait for one `fsync` together.
///
/// A version is how many blocks of the core there were. Versions inside a batch cannot be looked
/// at: only a batch's last block has a root.
public final class Bee {
  /// How long a writer waits for its turn.
  static final Duration TURN_DEADLINE = Duration.ofSeconds(60);

  private final Core core;
  private final NodeCache cache;
  private final BeeHeader header;
  private final Turn turn;
  private final Recent recent;
  private final Tasks tasks;
  private @Nullable Ticket last;
  private volatile NodeCache.Shelf shelf;

  private Bee(World world, Core core, NodeCache cache, BeeHeader header) {
    this.core = core;
    this.cache = cache;
    this.header = header;
    this.tasks = world.tasks();
    this.turn = new Turn(tasks);
    this.recent = new Recent(cache);
    this.shelf = new NodeCache.Shelf(core.key(), 0);
  }

  /// The bee on a core. Nothing is written before the first change.
  public static Bee on(World world, Core core, NodeCache cache) {
    return on(world, core, cache, BeeHeader.PLAIN);
  }

  /// The bee on a core.
  ///
  /// @param header for the first block, where there is none
  public static Bee on(World world, Core core, NodeCache cache, BeeHeader header) {
    return new Bee(world, core, cache, header);
  }

  /// The core that the bee is on.
  public Core core() {
    return core;
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

  private TreeView view() {
    Head head = core.head();
    return new TreeView(new CoreBlocks(core, cache, shelf(head.fork()), head.length()));
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

  /// Goes through the whole durable version and says what is wrong with it.
  public BeeCheck verify() {
    CoreBlocks blocks = view().blocks();
    return new TreeCheck(blocks).check(blocks.root());
  }

  /// Takes the turn to write.
  ///
  /// @throws BeeFault if it does not come in time
  public BeeBatch batch() {
    turn.take(TURN_DEADLINE);
    try {
      return new BeeBatch(this, new WriterBlocks(core, cache, shelf, recent));
    } catch (RuntimeException e) {
      turn.pass();
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
    Ticket latest = last;
    return latest == null || core.appended() == core.length()
        ? Ticket.following(tasks, CompletableFuture.completedFuture(null))
        : latest;
  }

  /// Appends what a batch has changed. In the turn.
  Ticket append(long end, WriteTree tree) {
    List<byte[]> encoded = tree.encode();
    List<byte[]> blocks = encoded;
    if (end == 0) {
      blocks = new ArrayList<>(encoded.size() + 1);
      blocks.add(header.write());
      blocks.addAll(encoded);
    }
    Append append = core.append(end, blocks);
    last = append.ticket();
    Tip tip = core.tip();
    recent.add(tip, shelf(tip.fork()), tree.blocks(encoded), append.ticket());
    return append.ticket();
  }

  /// Ends a turn.
  void end() {
    turn.pass();
  }
}
