package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Removes an app.
@Command(
    name = "rm",
    description = "Remove a deployed app. Its tables and buckets stay: they are the cloud's.")
final class Rm implements Callable<Integer> {
  @Mixin private final Common common = new Common();
  @Mixin private final CloudOption cloud = new CloudOption();

  @Parameters(paramLabel = "APP", description = "The app's name, as bevy apps lists it.")
  private String app = "";

  @Override
  public Integer call() throws IOException {
    common.control().delete("/_bevy/apps/" + Names.inPath(app) + cloud.query());
    common.print(Map.of("removed", app), () -> common.out().println("Removed " + app + "."));
    return ExitCode.DONE;
  }
}
