package cloud.bevy.hyper.store;

import java.util.Optional;

/// A core as the store holds it: what was submitted can be read at once. Costs nothing but its own
/// few bytes, and may be kept for as long as one likes.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class StoredCore {
  @SuppressWarnings("unused")
  private final Store store;

  private final CoreId id;
  private final byte[] header;

  StoredCore(Store store, CoreId id, byte[] header) {
    this.store = store;
    this.id = id;
    this.header = header;
  }

  /// The name the core was created with.
  public CoreId id() {
    return id;
  }

  /// The bytes the core was created with, in an array of their own.
  public byte[] header() {
    return header.clone();
  }

  /// Where the core ends, counting what was submitted and is not yet durable.
  public Head head() {
    throw new UnsupportedOperationException(id.toString());
  }

  /// Looks a block up. What is found has been checked.
  public BlockLookup block(long index) {
    throw new UnsupportedOperationException();
  }

  /// Whether a block is there, as far as the index says.
  public boolean has(long index) {
    throw new UnsupportedOperationException();
  }

  /// Looks a tree node up by its flat-tree index. A node that is damaged is not there.
  public Optional<TreeNode> node(long treeIndex) {
    throw new UnsupportedOperationException();
  }
}
