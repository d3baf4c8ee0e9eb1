package cloud.bevy.product.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Exports a table.
@Command(
    name = "export",
    description =
        "Export the items of a table as DynamoDB JSON: to a bucket, as DynamoDB does it and even if"
            + " this is interrupted, or to a file, one item a line.")
final class TableExport implements Callable<Integer> {
  static final Duration STEP = Duration.ofMillis(100);
  static final String BUCKETS = "s3://";

  @Mixin private final Common common = new Common();
  @Mixin private final CloudOption cloud = new CloudOption();

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table's name.")
  private String table = "";

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description = "s3://BUCKET/PREFIX, a file (compressed if it is called .gz), or - to print.")
  private String to = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "As it was: 2026-11-26T10:00:00Z, or 2h for two hours ago.")
  private String at = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("table", table);
    if (to.startsWith(BUCKETS)) {
      result.put("items", toBucket());
    } else if (to.equals("-")) {
      lines(line -> common.out().println(line));
      return ExitCode.DONE;
    } else {
      Path path = Path.of(to).toAbsolutePath();
      try (OutputStream file = DiskStreams.write(common.world().disk(), path)) {
        result.put(
            "items", lines(line -> file.write((line + "\n").getBytes(StandardCharsets.UTF_8))));
      }
    }
    common.print(
        result,
        () -> common.out().println("Exported " + result.get("items") + " items to " + to + "."));
    return ExitCode.DONE;
  }

  private Object toBucket() throws IOException, InterruptedException {
    String[] parts = to.substring(BUCKETS.length()).split("/", 2);
    ControlClient control = common.control();
    String path = TableCommand.path(table, "/export", cloud);
    Map<String, Object> export =
        control.post(
            path
                + Names.parameter("bucket", parts[0])
                + Names.parameter("prefix", parts.length < 2 ? "" : parts[1])
                + Names.parameter("at", at));
    String id = Names.parameter("id", String.valueOf(export.get("id")));
    while (!Boolean.TRUE.equals(export.get("ended"))) {
      common.world().tasks().sleep(STEP);
      export = control.get(path + id);
    }
    String failure = String.valueOf(export.get("failure"));
    if (!failure.isEmpty()) {
      throw new CommandFault(ExitCode.FAILED, failure, "aws s3 mb s3://" + parts[0] + " makes one");
    }
    return String.valueOf(export.get("items"));
  }

  private interface Lines {
    void write(String line) throws IOException;
  }

  /// Writes all items, as of one moment.
  private long lines(Lines lines) throws IOException {
    ControlClient control = common.control();
    String path = TableCommand.path(table, "/items", cloud);
    Map<String, Object> page = control.get(path + Names.parameter("at", at));
    long count = 0;
    while (true) {
      if (page.get("items") instanceof List<?> items) {
        for (Object item : items) {
          lines.write("{\"Item\":" + item + "}");
          count++;
        }
      }
      if (!Boolean.TRUE.equals(page.get("more"))) {
        return count;
      }
      page =
          control.get(
              path
                  + Names.parameter("version", String.valueOf(page.get("version")))
                  + Names.parameter("after", String.valueOf(page.get("last"))));
    }
  }
}
