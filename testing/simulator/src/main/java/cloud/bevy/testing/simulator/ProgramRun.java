package cloud.bevy.testing.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One run of a program on a machine, which the tester waits for.
final class ProgramRun {
  private final SimulatedMachine.Program program;
  private @Nullable Exception failure;
  private @Nullable Error error;

  ProgramRun(SimulatedMachine.Program program) {
    this.program = program;
  }

  boolean on(SimulatedWorld world) throws Exception {
    SimulatedTask task = new SimulatedTask(world, "program", () -> play(world));
    task.start();
    try {
      task.join(Duration.ofNanos(SimulatedWorld.NEVER));
    } catch (MachineCrashed crashed) {
      if (!task.ended()) {
        return false;
      }
    }
    if (failure != null) {
      throw failure;
    }
    if (error != null) {
      throw error;
    }
    return true;
  }

  private void play(SimulatedWorld world) {
    try {
      program.run(world);
    } catch (Exception thrown) {
      failure = thrown;
    } catch (Error thrown) {
      error = thrown;
    }
  }
}
