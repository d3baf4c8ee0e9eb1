package cloud.bevy.foundation.base;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Waits whose deadlines are far away, which hardly any of them meets. The JDK has a timer for each
/// timed wait and wakes a thread to take note of it, which costs more than most waits last. Here
/// they only enter a list. One task looks at the list: as long as there are waits, at first soon
/// and then ever more rarely, but never later than the first deadline; so it outlives the last wait
/// by no more than the time for which there were any.
final class RealDeadlines {
  /// How late a deadline may be noticed.
  static final Duration GRAIN = Duration.ofMillis(100);

  private static final long SOON = GRAIN.toNanos();

  private final Time time;
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile @Nullable Thread watcher;

  /// When the watcher looks again; who enters a deadline before wakes it.
  private volatile long next;

  RealDeadlines(Time time) {
    this.time = time;
  }

  /// Waits until the future is complete.
  ///
  /// @param nanos how long at most, and [#GRAIN]
  <T> T await(CompletableFuture<T> future, long nanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (future.isDone()) {
      return future.get();
    }
    Wait wait = new Wait(Thread.currentThread(), time.nanos() + nanos);
    waits.add(wait);
    watch(wait.deadline);
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      if (wait.end()) {
        throw new TimeoutException();
      }
      throw interrupted;
    } finally {
      waits.remove(wait);
      boolean _ = wait.end();
    }
  }

  /// Whether there is a task that looks at the list.
  boolean watching() {
    return watched.get();
  }

  private void watch(long deadline) {
    if (watched.compareAndSet(false, true)) {
      next = time.nanos() + SOON;
      watcher = Thread.ofVirtual().name("deadlines").start(this::run);
    } else if (deadline - next < 0) {
      LockSupport.unpark(watcher);
    }
  }

  private void run() {
    long pause = SOON;
    do {
      while (!waits.isEmpty()) {
        long now = time.nanos();
        next = now + Long.MAX_VALUE / 2; // who comes while we look wakes us
        long first = look(now);
        next = now + Math.clamp(first - now, SOON, pause);
        LockSupport.parkNanos(next - now);
        pause = Math.min(2 * pause, Long.MAX_VALUE / 4);
      }
      watched.set(false);
    } while (!waits.isEmpty() && watched.compareAndSet(false, true));
  }

  /// Ends what is over.
  ///
  /// @return the first deadline of the rest
  private long look(long now) {
    long left = Long.MAX_VALUE / 4;
    for (Wait wait : waits) {
      if (wait.deadline - now <= 0) {
        wait.expire();
      } else {
        left = Math.min(left, wait.deadline - now);
      }
    }
    return now + left;
  }

  /// One wait. It ends by itself or is ended by the watcher, whichever is first.
  private static final class Wait {
    private static final int WAITING = 0;
    private static final int ENDED = 1;
    private static final int EXPIRING = 2;
    private static final int EXPIRED = 3;

    private final Thread thread;
    private final long deadline;
    private final AtomicInteger state = new AtomicInteger(WAITING);

    Wait(Thread thread, long deadline) {
      this.thread = thread;
      this.deadline = deadline;
    }

    void expire() {
      if (state.compareAndSet(WAITING, EXPIRING)) {
        thread.interrupt();
        state.set(EXPIRED);
      }
    }

    /// Called by the thread itself: what the watcher has done to it is undone.
    ///
    /// @return whether the watcher has ended the wait, when called for the first time
    boolean end() {
      if (state.compareAndSet(WAITING, ENDED) || state.get() == ENDED) {
        return false;
      }
      while (state.get() != EXPIRED) {
        Thread.onSpinWait();
      }
      boolean _ = Thread.interrupted();
      state.set(ENDED);
      return true;
    }
  }
}
