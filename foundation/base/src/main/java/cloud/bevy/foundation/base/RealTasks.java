package cloud.bevy.foundation.base;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Virtual threads of the JDK. A timer is a virtual thread that sleeps: a few hundred bytes, and
/// nothing at all once it has fired or was cancelled.
final class RealTasks implements Tasks {
  /// From here on a deadline need not be kept to the millisecond.
  private static final Duration FAR = Duration.ofSeconds(2);

  private final Log log;
  private final RealDeadlines deadlines;

  RealTasks(Log log, Time time) {
    this.log = log;
    this.deadlines = new RealDeadlines(time);
  }

  @Override
  public Task start(String name, Runnable body) {
    return new RealTask(Thread.ofVirtual().name(name).start(() -> run(name, body)));
  }

  @Override
  public Timer after(Duration delay, String name, Runnable body) {
    AtomicBoolean decided = new AtomicBoolean();
    Thread thread =
        Thread.ofVirtual().name(name).start(() -> runAfter(delay, decided, () -> run(name, body)));
    return () -> {
      boolean cancelled = decided.compareAndSet(false, true);
      if (cancelled) {
        thread.interrupt();
      }
      return cancelled;
    };
  }

  private static void runAfter(Duration delay, AtomicBoolean decided, Runnable body) {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException cancelled) {
      return;
    }
    if (decided.compareAndSet(false, true)) {
      body.run();
    }
  }

  @SuppressWarnings("CatchingUnchecked") // the last place where a fault can still be seen
  private void run(String name, Runnable body) {
    try {
      body.run();
    } catch (Throwable fault) {
      log.error("task \"" + name + "\" failed: " + Fault.describe(fault));
    }
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  @Override
  public <T> T await(CompletionStage<T> stage, Duration deadline)
      throws InterruptedException, TimeoutException {
    try {
      CompletableFuture<T> future = stage.toCompletableFuture();
      long nanos = saturatedNanos(deadline);
      return deadline.compareTo(FAR) < 0
          ? future.get(nanos, TimeUnit.NANOSECONDS)
          : deadlines.await(future, nanos);
    } catch (ExecutionException failed) {
      throw new CompletionException(failed.getCause());
    } catch (CancellationException cancelled) {
      throw new CompletionException(cancelled);
    }
  }

  private static long saturatedNanos(Duration duration) {
    return TimeUnit.NANOSECONDS.convert(duration);
  }

  private record RealTask(Thread thread) implements Task {
    @Override
    public void interrupt() {
      thread.interrupt();
    }

    @Override
    public boolean ended() {
      return thread.getState() == Thread.State.TERMINATED;
    }

    @Override
    public boolean join(Duration deadline) throws InterruptedException {
      return thread.join(deadline);
    }
  }
}
