package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/// Has the disk begin with a large group while the rest of it is still being written, by a task
/// beside: the sync at the group's end, which is the one that counts, then has less to do. Small
/// groups are left alone.
final class EarlySync {
  /// How much is written before the disk is told.
  static final long STEP = 1 << 20;

  /// A disk that does not answer for so long never will.
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final Tasks tasks;
  private final DiskFile file;
  private CompletableFuture<Void> latest = CompletableFuture.completedFuture(null);
  private long from;

  /// @param from how much of the file is durable already
  EarlySync(Tasks tasks, DiskFile file, long from) {
    this.tasks = tasks;
    this.file = file;
    this.from = from;
  }

  /// The file has been written up to there.
  void written(long end) {
    if (end - from >= STEP && latest.isDone() && !latest.isCompletedExceptionally()) {
      CompletableFuture<Void> next = new CompletableFuture<>();
      tasks.start("disk ahead", () -> sync(next));
      latest = next;
      from = end;
    }
  }

  private void sync(CompletableFuture<Void> done) {
    try {
      file.sync();
      done.complete(null);
    } catch (IOException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  /// The file is durable up to there, or what was done ahead has failed: that no later sync would
  /// say, for a disk's fault is told once.
  void synced(long end) throws IOException {
    await();
    from = end;
  }

  /// Waits until nothing is under way.
  void await() throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          tasks.await(latest, PATIENCE);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException | CompletionException e) {
          throw new IOException("what was written could not be made durable", e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// The file is cut back.
  void cut(long end) {
    from = Math.min(from, end);
  }
}
