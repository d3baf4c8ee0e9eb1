package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says how the running cloud is.
@Command(name = "status", description = "Say whether the cloud runs, where, and what it holds.")
final class Status implements Callable<Integer> {
  @Mixin private final Common common = new Common();

  @Override
  public Integer call() throws IOException {
    Map<String, Object> status = common.control().get("/_bevy/status");
    common.print(
        status,
        () -> status.forEach((name, value) -> common.out().printf("%-14s %s%n", name, value)));
    return ExitCode.DONE;
  }
}
