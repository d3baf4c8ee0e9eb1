package cloud.bevy.product.cli;

import cloud.bevy.product.node.Build;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says which bevy this is.
@Command(name = "version", description = "Print the version of bevy and of the Java it runs on.")
final class Version implements Callable<Integer> {
  @Mixin private final Common common = new Common();

  @Override
  public Integer call() {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("bevy", Build.VERSION);
    version.put("java", Runtime.version().toString());
    common.print(
        version,
        () -> common.out().println("bevy " + Build.VERSION + " on Java " + Runtime.version()));
    return ExitCode.DONE;
  }
}
