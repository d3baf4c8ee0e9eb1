package cloud.bevy.product.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Stops the cloud of the state folder.
@Command(name = "down", description = "Stop the running cloud, once it has answered what it holds.")
final class Down implements Callable<Integer> {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @Mixin private final Common common = new Common();

  @Override
  public Integer call() throws Exception {
    ControlClient control = common.control();
    Optional<ProcessHandle> process = ProcessHandle.of(control.pid());
    control.post("/_bevy/stop");
    if (process.isPresent()) {
      awaitEnd(process.get());
    }
    common.print(
        Map.of("stopped", control.pid()), () -> common.out().println("Your cloud is down."));
    return ExitCode.DONE;
  }

  private void awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      common.world().tasks().await(process.onExit(), DEADLINE);
    } catch (TimeoutException late) {
      throw new CommandFault(
          ExitCode.FAILED,
          "process " + process.pid() + " has not ended within " + DEADLINE.toSeconds() + " s",
          "its log says what it waits for; kill " + process.pid() + " loses nothing acknowledged");
    }
  }
}
