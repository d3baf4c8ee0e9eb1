package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.FilePart;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A core as the store holds it: what was submitted can be read at once. Costs nothing but its own
/// few bytes, and may be kept for as long as one likes. Safe for use by several tasks.
public final class StoredCore {
  private final Store store;
  private final CoreId id;
  private final byte[] header;

  /// How often the core had been dropped, and how many groups had failed, when the handle was made.
  private final int drops;

  private final long failures;
  private volatile @Nullable CoreState state;

  StoredCore(Store store, CoreId id, byte[] header, int drops, long failures) {
    this.store = store;
    this.id = id;
    this.header = header;
    this.drops = drops;
    this.failures = failures;
  }

  /// The name the core was created with.
  public CoreId id() {
    return id;
  }

  /// The bytes the core was created with, in an array of their own.
  public byte[] header() {
    return header.clone();
  }

  /// Where the core ends, counting what was submitted and is not yet durable. The empty head where
  /// the core does not exist.
  public Head head() {
    return store.reading().head(this);
  }

  /// Looks a block up. What is found has been checked.
  public BlockLookup block(long index) {
    return store.reading().block(this, index);
  }

  /// A block's bytes in the file that they stand in, checked like what [#block] finds.
  ///
  /// @return nothing where they are not to be had so: ask for the block
  public Optional<FilePart> part(long index) {
    return store.reading().part(this, index);
  }

  /// Whether a block is there, as far as the index says.
  public boolean has(long index) {
    return store.reading().has(this, index);
  }

  /// The most blocks that [#blocks] tells of at once.
  public static final int MOST_TOLD = 1 << 21;

  /// Which blocks from `from` up to but not including `to` are there, as far as the index says: bit
  /// `i` is block `from + i`. Reads no block.
  ///
  /// @throws IllegalArgumentException for more than [#MOST_TOLD]
  public BitSet blocks(long from, long to) {
    if (from < 0 || to < from || to - from > MOST_TOLD) {
      throw new IllegalArgumentException("cannot tell of blocks " + from + " to " + to);
    }
    return store.reading().blocks(this, from, to);
  }

  /// Whether a tree node is there, as far as the index says.
  public boolean hasNode(long treeIndex) {
    return treeIndex >= 0
        && treeIndex <= TreeNode.MAXIMUM_INDEX
        && store.reading().hasNode(this, treeIndex);
  }

  /// Looks a tree node up by its flat-tree index. A node that is damaged is not there.
  public Optional<TreeNode> node(long treeIndex) {
    return treeIndex < 0 || treeIndex > TreeNode.MAXIMUM_INDEX
        ? Optional.empty()
        : store.reading().node(this, treeIndex);
  }

  byte[] ownHeader() {
    return header;
  }

  /// The state the handle found awake last.
  CoreState state() {
    CoreState known = state;
    if (known == null) {
      throw new IllegalStateException("the core " + id + " was not woken");
    }
    return known;
  }

  /// Remembers the state where the core is awake.
  @Nullable CoreState awake() {
    CoreState known = state;
    if (known == null || known.asleep) {
      return null;
    }
    known.used = true;
    return known;
  }

  void remember(CoreState woken) {
    state = woken;
  }

  /// Whether the core was dropped since the handle was made.
  boolean outlived(CoreState state) {
    return drops < state.drops;
  }

  /// Whether what the handle's owner believes of the core may no longer be so.
  boolean stale(CoreState state) {
    return outlived(state) || failures < state.failedAt;
  }

  boolean belongsTo(Store other) {
    return store == other;
  }
}
