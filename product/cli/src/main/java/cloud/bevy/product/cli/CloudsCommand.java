package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists the clouds of the machine, or makes one.
@Command(
    name = "clouds",
    description = "List the clouds of this machine; each has keys, tables and buckets of its own.")
final class CloudsCommand implements Callable<Integer> {
  @Mixin private final Common common = new Common();

  @Option(names = "--create", paramLabel = "NAME", description = "Make a new cloud.")
  private String create = "";

  @Override
  public Integer call() throws IOException {
    ControlClient control = common.control();
    Map<String, Object> answer =
        create.isEmpty()
            ? control.get("/_bevy/clouds")
            : control.post("/_bevy/clouds/" + Names.inPath(create));
    common.print(answer, () -> table(answer));
    return ExitCode.DONE;
  }

  private void table(Map<String, Object> answer) {
    if (answer.get("clouds") instanceof List<?> clouds) {
      for (Object cloud : clouds) {
        if (cloud instanceof Map<?, ?> fields) {
          common.out().printf("%-20s %s%n", fields.get("name"), fields.get("key"));
        }
      }
    }
  }
}
