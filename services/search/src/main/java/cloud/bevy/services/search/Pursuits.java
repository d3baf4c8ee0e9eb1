package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.base.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Does the work of all pursuits of a machine, in as many tasks as they may use processors, piece
/// by piece in turn. There is no task and no timer while all rest.
final class Pursuits {
  /// What is written within this time is taken up together.
  static final Duration PACE = Duration.ofMillis(250);

  /// How long something waits that cannot be done now.
  static final Duration LATER = Duration.ofSeconds(2);

  /// How long a piece is, about.
  private static final Duration PIECE = Duration.ofMillis(200);

  private final World world;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();

  /// Those that wait, each with when its turn is, in the world's nanoseconds.
  private final Map<Pursuit, Long> waiting = new HashMap<>();

  /// Wakes the workers that sleep until it is somebody's turn.
  private CompletableFuture<Void> bell = new CompletableFuture<>();

  private int workers;

  /// @param most how many pieces are done at the same time
  Pursuits(World world, int most) {
    this.world = world;
    this.most = most;
  }

  Pursuit of(Cloud cloud, Pursuit.Work work) {
    return new Pursuit(this, cloud, work);
  }

  /// How many tasks there are.
  int workers() {
    lock.lock();
    try {
      return workers;
    } finally {
      lock.unlock();
    }
  }

  /// There is something to do.
  void wake(Pursuit pursuit) {
    lock.lock();
    try {
      switch (pursuit.state()) {
        case RESTS -> queue(pursuit, PACE);
        case WORKS -> pursuit.become(Pursuit.State.WORKS_AND_WAITS);
        case WAITS, WORKS_AND_WAITS, CLOSED -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  private void queue(Pursuit pursuit, Duration delay) {
    pursuit.become(Pursuit.State.WAITS);
    waiting.put(pursuit, world.time().nanos() + delay.toNanos());
    if (workers < most) {
      workers++;
      world.tasks().start("search-pursue", this::work);
    } else {
      // Somebody may sleep until later than this.
      bell.complete(null);
      bell = new CompletableFuture<>();
    }
  }

  void close(Pursuit pursuit) {
    boolean working;
    lock.lock();
    try {
      waiting.remove(pursuit);
      working = pursuit.state() != Pursuit.State.RESTS && pursuit.state() != Pursuit.State.WAITS;
      pursuit.become(Pursuit.State.CLOSED);
    } finally {
      lock.unlock();
    }
    if (!working) {
      pursuit.letGo();
    }
  }

  private void work() {
    boolean ended = false;
    try {
      while (!ended) {
        ended = step();
      }
    } finally {
      if (!ended) {
        end();
      }
    }
  }

  private void end() {
    lock.lock();
    try {
      workers--;
    } finally {
      lock.unlock();
    }
  }

  /// Does the piece whose turn it is, or waits until it is somebody's.
  ///
  /// @return whether there was nothing, so that the worker has ended
  private boolean step() {
    Pursuit next;
    long left;
    CompletableFuture<Void> woken;
    lock.lock();
    try {
      next = first();
      if (next == null) {
        workers--;
        return true;
      }
      left = waiting.getOrDefault(next, 0L) - world.time().nanos();
      woken = bell;
      if (left <= 0) {
        waiting.remove(next);
        next.become(Pursuit.State.WORKS);
      }
    } finally {
      lock.unlock();
    }
    if (left > 0) {
      sleep(woken, Duration.ofNanos(left));
    } else {
      Pursuit.Outcome outcome = Pursuit.Outcome.DONE;
      try {
        outcome = piece(next);
      } finally {
        if (!done(next, outcome)) {
          next.letGo();
        }
      }
    }
    return false;
  }

  private @Nullable Pursuit first() {
    return waiting.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private Pursuit.Outcome piece(Pursuit pursuit) {
    long end = world.time().nanos() + PIECE.toNanos();
    return pursuit.piece(
        () -> pursuit.state() == Pursuit.State.CLOSED || world.time().nanos() - end > 0);
  }

  /// @return whether there can be another piece
  private boolean done(Pursuit pursuit, Pursuit.Outcome outcome) {
    lock.lock();
    try {
      boolean more = pursuit.state() == Pursuit.State.WORKS_AND_WAITS;
      if (pursuit.state() == Pursuit.State.CLOSED) {
        return false;
      }
      switch (outcome) {
        case MORE -> queue(pursuit, Duration.ZERO);
        case TAKEN -> queue(pursuit, PACE);
        case LATER -> queue(pursuit, LATER);
        case DONE -> {
          if (more) {
            queue(pursuit, PACE);
          } else {
            pursuit.become(Pursuit.State.RESTS);
          }
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void sleep(CompletableFuture<Void> woken, Duration left) {
    try {
      world.tasks().await(woken, left);
    } catch (TimeoutException due) {
      // It is somebody's turn.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the machine stops", stopped);
    }
  }
}
