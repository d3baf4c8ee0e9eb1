package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.DiskFullException;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/// An index while somebody uses it. What a search sees is a version of the table or bucket: one
/// task at a time brings the index from the version it has reached to the present one, and those
/// who want no less wait for it.
///
/// The folder is derived from that. What of it is damaged, of another definition or of another log
/// is made anew; what a crash takes away is entered again.
final class TableIndex {
  private final Indexed source;
  private final World world;
  private final Path folder;
  private final SearchLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable CompletableFuture<Void> following;
  private @Nullable Snapshot current;
  private boolean closing;

  /// Who is `following` uses it, one task at a time; merging goes on beside.
  private volatile @Nullable IndexFollower follower;

  private volatile boolean damaged;

  TableIndex(Indexed source, Path folder, SearchLimits limits) {
    this.source = source;
    this.folder = folder;
    this.limits = limits;
    world = source.cloud().world();
  }

  Indexed source() {
    return source;
  }

  Path folder() {
    return folder;
  }

  /// The index as it is.
  ///
  /// @param present whether it must have all that is durable by now
  /// @throws SearchRefusal if that takes too long
  /// @throws cloud.bevy.services.tables.NoSuchTable if the table was deleted
  Snapshot snapshot(boolean present) {
    long wanted = present ? source.version() : 0;
    long deadline = world.time().nanos() + limits.patience().toNanos();
    while (true) {
      CompletableFuture<Void> run;
      boolean mine;
      lock.lock();
      try {
        if (closing) {
          throw closed();
        }
        if (current != null && current.version() >= wanted && current.hold()) {
          return current;
        }
        CompletableFuture<Void> others = following;
        mine = others == null;
        run = others == null ? new CompletableFuture<>() : others;
        following = run;
      } finally {
        lock.unlock();
      }
      if (mine) {
        begin(run);
      }
      await(run, deadline);
    }
  }

  /// Does a piece of what there is to follow, unless somebody else does.
  ///
  /// @param enough ends it
  Pursuit.Outcome advance(BooleanSupplier enough) {
    CompletableFuture<Void> run = new CompletableFuture<>();
    lock.lock();
    try {
      if (closing || following != null) {
        return Pursuit.Outcome.TAKEN;
      }
      following = run;
    } finally {
      lock.unlock();
    }
    boolean reached = follow(run, () -> enough.getAsBoolean() || closing());
    if (run.isCompletedExceptionally()) {
      throw run.exceptionNow() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(run.exceptionNow());
    }
    return reached ? Pursuit.Outcome.DONE : Pursuit.Outcome.MORE;
  }

  /// Whether there is something to follow.
  boolean behind() {
    lock.lock();
    try {
      return current == null || current.version() != source.version();
    } finally {
      lock.unlock();
    }
  }

  /// How far it is, without waiting for anybody; nothing where nobody has used it yet.
  Optional<SearchStatus> status() {
    long version = source.version();
    IndexFollower open = follower;
    Snapshot seen;
    lock.lock();
    try {
      seen = current != null && current.hold() ? current : null;
    } finally {
      lock.unlock();
    }
    if (seen == null) {
      return Optional.ofNullable(open)
          .map(each -> new SearchStatus(source.definition(), each.documents(), 0, version));
    }
    try (seen) {
      long items = seen.reader().numDocs();
      return Optional.of(new SearchStatus(source.definition(), items, seen.version(), version));
    }
  }

  private void begin(CompletableFuture<Void> run) {
    // Nothing is left behind where the cloud goes to sleep meanwhile.
    Optional<Lease> lease = source.cloud().stayOpen();
    world
        .tasks()
        .start(
            "search-follow",
            () -> {
              try {
                follow(run, this::closing);
              } finally {
                lease.ifPresent(Lease::close);
              }
            });
  }

  private boolean follow(CompletableFuture<Void> run, BooleanSupplier enough) {
    RuntimeException failure = new IllegalStateException("the index in " + folder + " failed");
    boolean done = false;
    boolean reached = false;
    try {
      reached = advanced(enough);
      done = true;
    } catch (RuntimeException failed) {
      failure = failed;
    } finally {
      lock.lock();
      try {
        following = null;
      } finally {
        lock.unlock();
      }
      if (done) {
        run.complete(null);
      } else {
        run.completeExceptionally(failure);
      }
    }
    if (done) {
      merge();
    }
    return reached;
  }

  private boolean advanced(BooleanSupplier enough) {
    try {
      IndexFollower open = opened();
      return open.follow(enough, this::publish);
    } catch (IOException | RuntimeException failed) {
      abandon(failed);
      throw failed instanceof RuntimeException unchecked
          ? unchecked
          : new UncheckedIOException("the index in " + folder + " failed", (IOException) failed);
    }
  }

  private IndexFollower opened() throws IOException {
    IndexFollower open = follower;
    if (open == null) {
      open = damaged ? anew() : openOrAnew();
      damaged = false;
      follower = open;
      open.published(this::publish);
    }
    return open;
  }

  private IndexFollower openOrAnew() throws IOException {
    try {
      return open();
    } catch (DiskFullException full) {
      throw full;
    } catch (IOException | RuntimeException broken) {
      world.log().warning("the index in " + folder + " is made anew: " + broken);
      return anew();
    }
  }

  private IndexFollower anew() throws IOException {
    DiskDirectory.delete(world.disk(), folder);
    return open();
  }

  private IndexFollower open() throws IOException {
    IndexFiles files = IndexFiles.open(world.disk(), folder, source, limits);
    return new IndexFollower(source, files);
  }

  /// After a failure, what is open is closed: the next who asks begins with what is on the disk.
  private void abandon(Exception failure) {
    IndexFollower open = follower;
    follower = null;
    damaged = damaged || failure instanceof CorruptIndexException;
    Snapshot seen = replace(null);
    if (seen != null) {
      seen.close();
    }
    if (open != null) {
      try {
        open.close(false);
      } catch (IOException | RuntimeException also) {
        failure.addSuppressed(also);
      }
    }
  }

  /// Says that what was read is damaged: the index is made anew by whoever asks next.
  void broken(Exception failure) {
    world.log().warning("the index in " + folder + " is damaged and is made anew: " + failure);
    CompletableFuture<Void> turn = new CompletableFuture<>();
    lock.lock();
    try {
      if (following != null || closing) {
        return;
      }
      following = turn;
    } finally {
      lock.unlock();
    }
    damaged = true;
    abandon(failure);
    lock.lock();
    try {
      following = null;
    } finally {
      lock.unlock();
    }
    turn.complete(null);
  }

  private void publish(Snapshot next) {
    Snapshot before = replace(next);
    if (before != null) {
      before.close();
    }
  }

  private @Nullable Snapshot replace(@Nullable Snapshot next) {
    lock.lock();
    try {
      Snapshot before = current;
      current = next;
      return before;
    } finally {
      lock.unlock();
    }
  }

  private void merge() {
    IndexFollower open = follower;
    if (open != null) {
      try {
        open.merge();
      } catch (AlreadyClosedException | IOException failed) {
        if (!closing()) {
          world.log().warning("segments of the index in " + folder + " wait: " + failed);
        }
      }
    }
  }

  private boolean closing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /// Keeps what was reached and closes the files.
  ///
  /// @param keep whether the folder will be used again
  void close(boolean keep) {
    CompletableFuture<Void> run;
    lock.lock();
    try {
      closing = true;
      run = following;
    } finally {
      lock.unlock();
    }
    if (run != null) {
      try {
        await(run, world.time().nanos() + limits.patience().toNanos());
      } catch (RuntimeException told) {
        // Whoever waited was told.
      }
    }
    Snapshot seen = replace(null);
    if (seen != null) {
      seen.close();
    }
    IndexFollower open = follower;
    follower = null;
    if (open != null) {
      try {
        open.close(keep);
      } catch (IOException failed) {
        world.log().warning("the index in " + folder + " did not close: " + failed);
      }
    }
  }

  private void await(CompletableFuture<Void> run, long deadline) {
    Duration left = Duration.ofNanos(Math.max(1, deadline - world.time().nanos()));
    try {
      world.tasks().await(run, left);
    } catch (TimeoutException late) {
      throw new SearchRefusal(
          SearchRefusal.Kind.TIMEOUT,
          "the index of " + source.title() + " is still being made: ask again later");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw closed();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private static SearchRefusal closed() {
    return new SearchRefusal(SearchRefusal.Kind.REJECTED, "the index is being closed: ask again");
  }
}
