package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Says how the feeds stand that tell functions of what changes in tables.
@Command(
    name = "feeds",
    description = "Show how far functions are with what changes in tables, and what keeps them.")
final class Feeds implements Callable<Integer> {
  private static final String FORM = "%-16s %-12s %-20s %-10s %8s %10s %5s%n";

  @Mixin private final Common common = new Common();
  @Mixin private final CloudOption cloud = new CloudOption();

  @Parameters(
      paramLabel = "APP",
      arity = "0..1",
      description = "The app's name, as bevy apps lists it. Default: all apps.")
  private String app = "";

  @Override
  public Integer call() throws IOException {
    String path = "/_bevy/feeds" + cloud.query() + Names.parameter("app", app);
    Map<String, Object> answer = common.control().get(path);
    common.print(answer, () -> table(answer));
    return ExitCode.DONE;
  }

  private void table(Map<String, Object> answer) {
    if (answer.get("feeds") instanceof List<?> feeds && !feeds.isEmpty()) {
      common.out().printf(FORM, "APP", "FEED", "TABLE", "STATUS", "LAG", "DELIVERED", "DEAD");
      for (Object feed : feeds) {
        if (feed instanceof Map<?, ?> fields) {
          line(fields);
        }
      }
    } else {
      common.out().println("No table has a feed. Give one to it in bevy.json: see docs/feeds.md");
    }
  }

  private void line(Map<?, ?> fields) {
    String lag = fields.get("lag") + (Boolean.TRUE.equals(fields.get("lagIsMore")) ? "+" : "");
    common
        .out()
        .printf(
            FORM,
            fields.get("app"),
            fields.get("feed"),
            fields.get("table"),
            fields.get("status"),
            lag,
            fields.get("delivered"),
            fields.get("deadLetters"));
    if (fields.get("error") instanceof String error) {
      String again = fields.get("nextTry") instanceof String next ? ", again at " + next : "";
      common
          .out()
          .printf(
              "    %s%s: %s%n", fields.get("errorAt"), again, error.lines().findFirst().orElse(""));
    }
  }
}
