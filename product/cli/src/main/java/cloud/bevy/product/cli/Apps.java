package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the deployed apps.
@Command(name = "apps", description = "List the deployed apps and their addresses.")
final class Apps implements Callable<Integer> {
  @Mixin private final Common common = new Common();
  @Mixin private final CloudOption cloud = new CloudOption();

  @Override
  public Integer call() throws IOException {
    Map<String, Object> answer = common.control().get("/_bevy/apps" + cloud.query());
    common.print(answer, () -> table(answer));
    return ExitCode.DONE;
  }

  private void table(Map<String, Object> answer) {
    if (answer.get("apps") instanceof List<?> apps && !apps.isEmpty()) {
      for (Object app : apps) {
        if (app instanceof Map<?, ?> fields) {
          common.out().printf("%-20s %s%n", fields.get("name"), fields.get("url"));
        }
      }
    } else {
      common.out().println("No app is deployed. Deploy one: bevy deploy DIR");
    }
  }
}
