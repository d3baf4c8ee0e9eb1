package cloud.bevy.foundation.base;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/// Starts tasks and timers, and waits with a deadline. A task is a virtual thread. Nothing here
/// costs anything until it is called: there is no pool to keep.
public interface Tasks {
  /// Starts `body` on a virtual thread of its own. A fault that escapes `body` is logged once.
  Task start(String name, Runnable body);

  /// Runs `body` once on a virtual thread after `delay`, unless it is cancelled before.
  Timer after(Duration delay, String name, Runnable body);

  /// Blocks the calling task.
  void sleep(Duration duration) throws InterruptedException;

  /// Blocks the calling task until `stage` is complete.
  ///
  /// @return what the stage completed with
  /// @throws TimeoutException if that took longer than `deadline`
  /// @throws java.util.concurrent.CompletionException with the cause the stage failed with
  <T> T await(CompletionStage<T> stage, Duration deadline)
      throws InterruptedException, TimeoutException;

  /// A task that was started.
  interface Task {
    /// Interrupts the task. It is up to the task to end.
    void interrupt();

    /// Whether the task has ended.
    boolean ended();

    /// Blocks until the task has ended or the deadline has passed.
    ///
    /// @return whether the task has ended
    boolean join(Duration deadline) throws InterruptedException;
  }

  /// A timer that may still be cancelled.
  interface Timer {
    /// Cancels the timer.
    ///
    /// @return whether that was in time
    boolean cancel();
  }
}
