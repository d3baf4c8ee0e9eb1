package cloud.bevy.product.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands on what a table was.
final class TablePast {
  private TablePast() {}

  private static String parameter(String name, String value) {
    return value.isEmpty()
        ? ""
        : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /// Tells what was done to a table.
  @Command(
      name = "history",
      description = "Tell which items were put and deleted, and in which second, newest first.")
  static final class History implements Callable<Integer> {
    private static final int PAGE = 1000;

    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "Nothing older: 2026-11-26T10:00:00Z, or 2h for two hours ago.")
    private String since = "";

    @Option(
        names = "--before",
        paramLabel = "VERSION",
        description = "Only what was done before, to go on where an earlier output ended.")
    private String before = "";

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "At most so many changes. Default: 100.")
    private int limit = 100;

    @Override
    public Integer call() throws IOException {
      ControlClient control = common.control();
      List<Object> changes = new ArrayList<>();
      String from = before.startsWith("v") ? before.substring(1) : before;
      boolean more = true;
      while (more && changes.size() < limit) {
        String page = Integer.toString(Math.min(PAGE, limit - changes.size()));
        Map<String, Object> answer =
            control.get(
                TableCommand.path(table, "/history", cloud)
                    + parameter("since", since)
                    + parameter("before", from)
                    + parameter("limit", page));
        if (answer.get("changes") instanceof List<?> read) {
          changes.addAll(read);
        }
        more = answer.containsKey("next");
        from = String.valueOf(answer.get("next"));
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("changes", changes);
      if (more) {
        result.put("next", Long.parseLong(from));
      }
      common.print(result, () -> table(changes));
      if (more && !common.json()) {
        common.out().flush();
        common.err().println("bevy: there is more: --before v" + from);
      }
      return ExitCode.DONE;
    }

    private void table(List<Object> changes) {
      for (Object change : changes) {
        if (change instanceof Map<?, ?> fields && fields.get("key") instanceof Map<?, ?> key) {
          common
              .out()
              .printf(
                  "%-20s  v%-9s %-6s  %s%n",
                  fields.get("time"), fields.get("version"), fields.get("kind"), Json.line(key));
        }
      }
    }
  }

  /// Makes a table that has what another had.
  @Command(
      name = "restore",
      description =
          "Make a new table that has the items and indexes that a table had at the beginning of a"
              + " second. If this is interrupted, the cloud goes on with it.")
  static final class Restore implements Callable<Integer> {
    private static final Duration STEP = Duration.ofMillis(100);

    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Option(
        names = "--at",
        required = true,
        paramLabel = "TIME",
        description = "2026-11-26T10:00:00Z, or 2h for two hours ago.")
    private String at = "";

    @Option(
        names = "--to",
        required = true,
        paramLabel = "TABLE",
        description = "What the new table is called.")
    private String to = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
      ControlClient control = common.control();
      Map<String, Object> begun =
          control.post(
              TableCommand.path(table, "/restore", cloud)
                  + parameter("at", at)
                  + parameter("to", to));
      Map<String, Object> restored = control.get(TableCommand.path(to, "", cloud));
      while (Boolean.TRUE.equals(restored.get("restoring"))) {
        common.world().tasks().sleep(STEP);
        restored = control.get(TableCommand.path(to, "", cloud));
      }
      common.print(
          begun,
          () ->
              common
                  .out()
                  .println(
                      "Table "
                          + to
                          + " has what "
                          + table
                          + " had at "
                          + begun.get("moment")
                          + "."));
      return ExitCode.DONE;
    }
  }
}
