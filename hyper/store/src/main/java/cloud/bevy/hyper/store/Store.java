package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.World;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The storage of a machine: the blocks, tree nodes and heads of all its cores in one log of
/// segments. Batches that wait at the same time are made durable by one `fsync`.
///
/// A batch that fails takes with it all that were queued behind it, and the cores they touched fall
/// back to what is durable. Handles to those cores then refuse to be written through
/// ([StoreFault.Kind#STALE]): [#find] the core again and go on from its head.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Store implements AutoCloseable {
  private Store() {}

  /// Opens a store, creating it where there is none, and recovers what was durable.
  ///
  /// @throws StoreFault where the folder is not a store this version can open
  public static Store open(World world, Path directory, StoreLimits limits) {
    throw new UnsupportedOperationException(world + " " + directory + limits);
  }

  /// The core of that name, if it exists.
  public Optional<StoredCore> find(CoreId id) {
    throw new UnsupportedOperationException(id.toString());
  }

  /// A handle to a core that does not exist yet. It exists, and its header is durable, with the
  /// first batch that changes it; until then nothing is kept of it.
  ///
  /// @param header at most 65,535 bytes, opaque to the store
  /// @throws IllegalArgumentException if the core exists already
  public StoredCore create(CoreId id, byte[] header) {
    return new StoredCore(this, id, header.clone());
  }

  /// The names of all cores, in order.
  public Stream<CoreId> cores() {
    throw new UnsupportedOperationException();
  }

  /// Queues a batch. What it changes can be read at once; it is durable when the ticket says so.
  /// Never throws a [StoreFault]: the ticket does.
  public Ticket submit(Batch batch) {
    throw new UnsupportedOperationException(batch.toString());
  }

  /// What the store has and has done.
  public StoreStatistics statistics() {
    throw new UnsupportedOperationException();
  }

  /// Moves what is live out of segments that are mostly dead, and deletes those that are wholly so,
  /// until nothing more is to be gained.
  ///
  /// @return how many bytes the segments have shrunk by
  public long reclaim() throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /// Closes the files that nobody is using. The next read or write opens what it needs.
  public void rest() {
    throw new UnsupportedOperationException();
  }

  /// Waits for what is queued and closes all files. What is asked for later is refused.
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
