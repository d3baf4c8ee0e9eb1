package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints what an app has said.
@Command(name = "logs", description = "Print what an app has logged, the newest last.")
final class Logs implements Callable<Integer> {
  @Mixin private final Common common = new Common();
  @Mixin private final CloudOption cloud = new CloudOption();

  @Parameters(paramLabel = "APP", description = "The app's name, as bevy apps lists it.")
  private String app = "";

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "COUNT",
      description = "How many lines at the most. Default: 100.")
  private int lines = 100;

  @Override
  public Integer call() throws IOException {
    String path = "/_bevy/apps/" + Names.inPath(app) + "/logs" + cloud.query() + "&lines=" + lines;
    LogLines.print(common, common.control().get(path));
    return ExitCode.DONE;
  }
}
