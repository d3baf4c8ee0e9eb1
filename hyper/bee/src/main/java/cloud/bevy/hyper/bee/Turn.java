package cloud.bevy.hyper.bee;

import cloud.bevy.foundation.base.Tasks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// Lets one writer in at a time, in the order in which they came. Not a lock, because a turn may be
/// held while blocks are read from the disk.
final class Turn {
  private final Tasks tasks;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Call> waiting = new ArrayDeque<>();
  private boolean taken;

  Turn(Tasks tasks) {
    this.tasks = tasks;
  }

  /// Waits for the turn.
  ///
  /// @throws BeeFault where the deadline passes or the task is interrupted
  void take(Duration deadline) {
    Call called = new Call();
    lock.lock();
    try {
      if (!taken) {
        taken = true;
        return;
      }
      waiting.addLast(called);
    } finally {
      lock.unlock();
    }
    await(called, deadline);
  }

  private void await(Call called, Duration deadline) {
    try {
      tasks.await(called.stage, deadline);
    } catch (TimeoutException e) {
      leave(called);
      throw new BeeFault(
          BeeFault.Kind.BUSY, "waited for another writer for " + deadline.toSeconds() + " s");
    } catch (InterruptedException e) {
      leave(called);
      Thread.currentThread().interrupt();
      throw new BeeFault(BeeFault.Kind.BUSY, "interrupted while waiting for another writer");
    }
  }

  private void leave(Call called) {
    boolean waited;
    lock.lock();
    try {
      waited = waiting.remove(called);
    } finally {
      lock.unlock();
    }
    if (!waited) {
      pass();
    }
  }

  /// Gives the turn to whoever waits the longest.
  void pass() {
    Call next;
    lock.lock();
    try {
      next = waiting.pollFirst();
      taken = next != null;
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.stage.complete(null);
    }
  }

  /// One who waits.
  private static final class Call {
    private final CompletableFuture<Void> stage = new CompletableFuture<>();
  }
}
