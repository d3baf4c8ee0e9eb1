package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The storage of a machine: the blocks, tree nodes and heads of all its cores in one log of
/// segments. Batches that wait at the same time are made durable by one `fsync`.
///
/// A batch that fails takes with it all that were queued behind it, and the cores they touched fall
/// back to what is durable. Handles to those cores then refuse to be written through
/// ([StoreFault.Kind#STALE]): [#find] the core again and go on from its head.
public final class Store implements AutoCloseable {
  /// The most bytes in a core's header.
  public static final int MAXIMUM_HEADER = 0xffff;

  private static final Duration RECLAIMING = Duration.ofMinutes(1);

  private final Ground ground;
  private final Cores cores;
  private final Committer committer;
  private final Writing writing;
  private final Reading reading;
  private final Disk.DiskLock owner;
  private volatile boolean closed;

  private Store(Ground ground, Disk.DiskLock owner) throws IOException {
    this.ground = ground;
    this.owner = owner;
    this.cores = new Cores(ground);
    this.committer = new Committer(ground, cores, new Recovery(ground, cores).run());
    this.writing = new Writing(ground, cores, committer);
    this.reading = new Reading(ground, cores, committer);
  }

  /// Opens a store, creating it where there is none, and recovers what was durable.
  ///
  /// @throws StoreFault where the folder is not a store this version can open
  public static Store open(World world, Path directory, StoreLimits limits) {
    Layout layout = new Layout(directory);
    try {
      create(world, directory);
      Optional<Disk.DiskLock> lock = world.disk().tryLock(layout.lock());
      if (lock.isEmpty()) {
        throw new StoreFault(
            StoreFault.Kind.LOCKED,
            "the store " + directory + " is in use by another process",
            "end that process first, or choose another folder");
      }
      return open(world, layout, limits, lock.get());
    } catch (IOException e) {
      throw new StoreFault(
          StoreFault.Kind.UNREADABLE,
          "the store " + directory + " could not be opened (" + e + ")",
          "look at the folder's owner and permissions, at the free space, and at the disk",
          e);
    }
  }

  private static Store open(World world, Layout layout, StoreLimits limits, Disk.DiskLock lock)
      throws IOException {
    try {
      long id = FormatFile.open(world, layout);
      create(world, layout.segments());
      create(world, layout.checkpoints());
      return new Store(new Ground(world, layout, limits, id), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void create(World world, Path directory) throws IOException {
    if (!world.disk().exists(directory)) {
      world.disk().createDirectories(directory);
    }
  }

  /// The core of that name, if it exists.
  public Optional<StoredCore> find(CoreId id) {
    checkOpen();
    return Optional.ofNullable(handle(id, null));
  }

  /// A handle to a core that does not exist yet. It exists, and its header is durable, with the
  /// first batch that changes it; until then nothing is kept of it.
  ///
  /// @param header at most 65,535 bytes, opaque to the store
  /// @throws IllegalArgumentException if the core exists already, or the header is too long
  public StoredCore create(CoreId id, byte[] header) {
    checkOpen();
    if (header.length > MAXIMUM_HEADER) {
      throw new IllegalArgumentException("a header of " + header.length + " bytes is too long");
    }
    StoredCore created = handle(id, header.clone());
    if (created == null) {
      throw new IllegalArgumentException("the core " + id + " exists already");
    }
    return created;
  }

  /// The names of all cores, in order.
  public Stream<CoreId> cores() {
    checkOpen();
    try {
      return cores.names().stream();
    } catch (IOException e) {
      throw unreadable("the list of cores", e);
    }
  }

  /// Queues a batch. What it changes can be read at once; it is durable when the ticket says so.
  /// Waits where too much is queued already. Never throws a [StoreFault]: the ticket does.
  public Ticket submit(Batch batch) {
    return writing.submit(this, batch);
  }

  /// What the store has and has done.
  public StoreStatistics statistics() {
    ground.lock.lock();
    try {
      long active = committer.end();
      return new StoreStatistics(
          cores.count(),
          ground.ledger.count() + (active > 0 ? 1 : 0),
          ground.ledger.sealedBytes() + active,
          ground.ledger.liveBytes(),
          writing.batches(),
          writing.commits(),
          ground.syncs.get(),
          ground.damage.get());
    } finally {
      ground.lock.unlock();
    }
  }

  /// Moves what is live out of segments that are mostly dead, and deletes those that are wholly so,
  /// until nothing more is to be gained. A few may be kept to be written over.
  ///
  /// @return how many bytes the segments have shrunk by; less than zero where they have grown
  /// @throws StoreFault where the disk is full or the store stopped
  /// @throws TimeoutException where the disk took longer than a minute for one step
  public long reclaim() throws InterruptedException, TimeoutException {
    long before = statistics().bytes();
    Group group;
    do {
      group = writing.submit(true, false);
      group.ticket.await(RECLAIMING);
    } while (group.moved > 0);
    writing.submit(false, true).ticket.await(RECLAIMING);
    ground.world.tasks().await(committer.removal().done(), RECLAIMING);
    return before - statistics().bytes();
  }

  /// Closes the files that nobody is using. The next read or write opens what it needs.
  public void rest() {
    if (closed) {
      return;
    }
    try {
      writing.rest();
      reading.rest();
      ground.files.rest();
    } catch (IOException e) {
      throw unreadable("its files", e);
    }
  }

  /// Waits for what is queued and closes all files. What is asked for later is refused. Where the
  /// disk does not answer for a minute, the rest of this is done when it has: until then nobody
  /// else can open the store, as what is being written would go on under their hands.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    StoreFault reason =
        new StoreFault(
            StoreFault.Kind.STOPPED,
            "the store " + ground.layout.directory() + " was closed",
            "open it again");
    writing.finish(reason, this::shut);
  }

  private void shut() {
    try {
      committer.close();
      ground.files.rest();
    } catch (IOException e) {
      ground.world.log().warning("files of the store stay open: " + e);
    } finally {
      owner.close();
    }
  }

  /// What answers for a core's handle.
  Reading reading() {
    checkOpen();
    return reading;
  }

  /// A handle to a core that exists, or with a header to one that does not.
  private @Nullable StoredCore handle(CoreId id, byte @Nullable [] header) {
    while (true) {
      CoreState state = cores.wake(id, header != null);
      if (state == null) {
        return null;
      }
      ground.lock.lock();
      try {
        if (!state.asleep) {
          return handle(state, header);
        }
      } finally {
        ground.lock.unlock();
      }
    }
  }

  private @Nullable StoredCore handle(CoreState state, byte @Nullable [] header) {
    byte[] existing = state.latestHeader();
    byte[] own = header == null ? existing : header;
    if (own == null || (header != null && existing != null)) {
      return null;
    }
    StoredCore core = new StoredCore(this, state.id, own, state.drops, writing.failures());
    core.remember(state);
    return core;
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreFault(
          StoreFault.Kind.STOPPED,
          "the store " + ground.layout.directory() + " is closed",
          "open it again");
    }
  }

  private StoreFault unreadable(String what, IOException cause) {
    return new StoreFault(
        StoreFault.Kind.UNREADABLE,
        what + " of the store " + ground.layout.directory() + " could not be read",
        "look at the disk",
        cause);
  }
}
