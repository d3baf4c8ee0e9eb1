package cloud.bevy.product.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands on what a table was.
final class TablePast {
  private TablePast() {}

  /// Tells what was done to a table.
  @Command(
      name = "history",
      description = "Tell which items were put and deleted, and in which second, newest first.")
  static final class History implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();
    @Mixin private final HistoryPages pages = new HistoryPages();

    @Parameters(paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Override
    public Integer call() throws IOException {
      return pages.print(common, TableCommand.path(table, "/history", cloud), History::line);
    }

    private static String line(Map<?, ?> change) {
      return "%-20s  v%-9s %-6s  %s"
          .formatted(
              change.get("time"),
              change.get("version"),
              change.get("kind"),
              change.get("key") instanceof Map<?, ?> key ? Json.line(key) : "");
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
                  + Names.parameter("at", at)
                  + Names.parameter("to", to));
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
