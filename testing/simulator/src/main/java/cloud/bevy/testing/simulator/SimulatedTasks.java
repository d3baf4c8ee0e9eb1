package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Tasks;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/// Tasks that the scheduler runs step by step.
final class SimulatedTasks implements Tasks {
  private final SimulatedWorld world;

  SimulatedTasks(SimulatedWorld world) {
    this.world = world;
  }

  @Override
  public SimulatedTask start(String name, Runnable body) {
    world.enter();
    SimulatedTask task = new SimulatedTask(world, name, body);
    task.start();
    return task;
  }

  @Override
  public Timer after(Duration delay, String name, Runnable body) {
    world.enter();
    Alarm alarm = world.scheduler().alarm(world.deadline(delay), () -> startLate(name, body));
    return alarm::cancel;
  }

  private void startLate(String name, Runnable body) {
    if (!world.dead()) {
      new SimulatedTask(world, name, body).start();
    }
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    world.await(new Signal(), () -> false, world.deadline(duration));
  }

  @Override
  public <T> T await(CompletionStage<T> stage, Duration deadline)
      throws InterruptedException, TimeoutException {
    CompletableFuture<T> future = stage.toCompletableFuture();
    Signal done = new Signal();
    if (!future.isDone()) {
      // What the dependent stage completes with is of no interest: `future` is asked below.
      var _ = future.whenComplete((value, failure) -> done.wake());
    }
    if (!world.await(done, future::isDone, world.deadline(deadline))) {
      throw new TimeoutException("not complete after " + deadline);
    }
    try {
      return future.join();
    } catch (CancellationException cancelled) {
      throw new CompletionException(cancelled);
    }
  }
}
