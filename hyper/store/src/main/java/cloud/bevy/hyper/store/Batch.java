package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Changes to one or more cores that become durable together or not at all. They take effect in the
/// order in which they were added. A batch is filled by one task and submitted once.
public final class Batch {
  /// The largest block, in bytes.
  public static final int MAXIMUM_BLOCK = 64 << 20;

  /// The most bytes in all blocks of a batch.
  public static final long MAXIMUM_BYTES = 256L << 20;

  private static final int MAXIMUM_CHANGES = 1 << 22;
  private static final long MAXIMUM_INDEX = 1L << 56;

  private final List<Change> changes = new ArrayList<>();
  private final List<Ticket> earlier = new ArrayList<>();
  private long bytes;

  /// An empty batch.
  public Batch() {}

  /// Stores a block. The buffer is not copied: nobody changes what it holds until the batch is
  /// durable.
  public Batch block(StoredCore core, long index, ByteBuffer value) {
    int size = value.remaining();
    if (size > MAXIMUM_BLOCK) {
      throw new IllegalArgumentException(
          "a block of " + size + " bytes is over the limit of " + MAXIMUM_BLOCK);
    }
    checkIndex(index);
    bytes += size;
    if (bytes > MAXIMUM_BYTES) {
      throw new IllegalArgumentException(
          "a batch of " + bytes + " bytes is over the limit of " + MAXIMUM_BYTES);
    }
    return add(new Change.PutBlock(core, index, value.slice()));
  }

  /// Stores a node of the core's tree.
  public Batch node(StoredCore core, TreeNode node) {
    return add(new Change.PutNode(core, node));
  }

  /// Sets where the core ends. A head that is shorter than the one before cuts the core there and
  /// then: blocks and nodes beyond it are gone, and later ones in the same batch take their place.
  /// So a reorganisation is the head it goes back to, the new blocks, and the new head.
  public Batch head(StoredCore core, Head head) {
    checkIndex(head.length());
    return add(new Change.SetHead(core, head));
  }

  /// Forgets the blocks from `from` up to but not including `to`. Their tree nodes stay.
  public Batch clear(StoredCore core, long from, long to) {
    checkIndex(from);
    checkIndex(to);
    return from < to ? add(new Change.Clear(core, from, to)) : this;
  }

  /// Forgets the core and all it has.
  public Batch drop(StoredCore core) {
    return add(new Change.Drop(core));
  }

  /// Has the batch refused where another, of any cores of the same store, was submitted before it
  /// and failed. So it is never durable without that one: batches become durable in the order in
  /// which they are submitted.
  ///
  /// @param earlier what the store said when the other was submitted
  public Batch behind(Ticket earlier) {
    this.earlier.add(earlier);
    return this;
  }

  List<Ticket> earlier() {
    return earlier;
  }

  /// How many changes there are.
  public int size() {
    return changes.size();
  }

  List<Change> changes() {
    return changes;
  }

  long bytes() {
    return bytes;
  }

  private Batch add(Change change) {
    if (changes.size() == MAXIMUM_CHANGES) {
      throw new IllegalArgumentException("a batch has at most " + MAXIMUM_CHANGES + " changes");
    }
    changes.add(change);
    return this;
  }

  private static void checkIndex(long index) {
    if (index < 0 || index > MAXIMUM_INDEX) {
      throw new IllegalArgumentException("no block has the index " + index);
    }
  }
}
