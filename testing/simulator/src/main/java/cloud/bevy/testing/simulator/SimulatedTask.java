package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Tasks;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A virtual thread that makes a step when the scheduler says so. It is the executor of its own
/// thread: the JDK gives it what is to be run next whenever the thread could go on.
final class SimulatedTask implements Tasks.Task, Executor {
  private final Scheduler scheduler;
  private final SimulatedWorld world;
  private final String name;
  private final long number;
  private final Thread thread;
  private final Signal end = new Signal();
  private @Nullable Runnable next;
  private boolean ended;

  SimulatedTask(SimulatedWorld world, String name, Runnable body) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.name = world.name() + "/" + name;
    this.number = scheduler.enrol(this);
    this.thread = ScheduledThreads.unstarted(this, this.name, () -> run(name, body));
  }

  void start() {
    thread.start();
  }

  String name() {
    return name;
  }

  long number() {
    return number;
  }

  SimulatedWorld world() {
    return world;
  }

  Thread thread() {
    return thread;
  }

  @Override
  public void execute(Runnable continuation) {
    if (!world.dead()) {
      next = continuation;
      scheduler.ready(this);
    }
  }

  /// Runs the task until it waits, yields or ends.
  void step() {
    Runnable continuation = next;
    next = null;
    if (continuation != null) {
      continuation.run();
    }
  }

  @Override
  public void interrupt() {
    thread.interrupt();
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public boolean join(Duration deadline) throws InterruptedException {
    return world.await(end, () -> ended, world.deadline(deadline));
  }

  @SuppressWarnings("CatchingUnchecked") // whatever escapes a task is reported by the scheduler
  private void run(String shortName, Runnable body) {
    try {
      body.run();
    } catch (MachineCrashed outlived) {
      scheduler.note("outlived", name, 0, 0);
    } catch (Throwable fault) {
      world.escaped(shortName, fault);
    } finally {
      ended = true;
      scheduler.discharge(this);
      end.wake();
    }
  }
}
