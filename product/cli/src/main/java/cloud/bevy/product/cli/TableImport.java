package cloud.bevy.product.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Imports items into a table.
@Command(
    name = "import",
    description =
        "Make a table of what is in a bucket, even if this is interrupted, or write the items of a"
            + " file into a table, one after the other.")
final class TableImport implements Callable<Integer> {
  private static final int TOKEN_BYTES = 16;
  private static final Map<String, String> FORMATS =
      Map.of("json", "DYNAMODB_JSON", "csv", "CSV", "ion", "ION");

  @Mixin private final Common common = new Common();
  @Mixin private final CloudOption cloud = new CloudOption();

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table's name.")
  private String table = "";

  @Parameters(
      index = "1",
      paramLabel = "FROM",
      description = "s3://BUCKET/PREFIX, a file (compressed if it is called .gz), or - to read.")
  private String from = "";

  @Option(
      names = "--key",
      split = ",",
      paramLabel = "NAME:TYPE",
      description =
          "Make the table, with this key: id:S, or id:S,n:N with a sort key. Types are S, N and B.")
  private List<String> key = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "json, an item a line, plain or as DynamoDB has it, csv, or of a bucket ion."
              + " Default: json.")
  private String format = "json";

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean ofBucket = from.startsWith(TableExport.BUCKETS);
    if (!List.of("json", "csv").contains(format) && !(ofBucket && format.equals("ion"))) {
      throw new CommandFault(
          ExitCode.USAGE, "no format: " + format, "csv and json are, and of a bucket ion");
    }
    try (TableClient client = new TableClient(common, cloud)) {
      return ofBucket ? ofBucket(client) : ofFile(client);
    }
  }

  private Map<String, Object> definition() {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("TableName", table);
    definition.put("BillingMode", "PAY_PER_REQUEST");
    definition.put(
        "KeySchema",
        key.stream()
            .map(part ->
                Map.of(
                    "AttributeName",
                    part(part)[0],
                    "KeyType",
                    part.equals(key.getFirst()) ? "HASH" : "RANGE"))
            .toList());
    definition.put(
        "AttributeDefinitions",
        key.stream()
            .map(part -> Map.of("AttributeName", part(part)[0], "AttributeType", part(part)[1]))
            .toList());
    return definition;
  }

  private static String[] part(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new CommandFault(ExitCode.USAGE, "no key: " + text, "write --key id:S, or id:S,n:N");
    }
    return new String[] {text.substring(0, colon), text.substring(colon + 1)};
  }

  private int ofBucket(TableClient client) throws IOException, InterruptedException {
    if (key.isEmpty()) {
      throw new CommandFault(
          ExitCode.USAGE, "a table is made of a bucket", "say with --key what its key is: id:S");
    }
    String[] parts = from.substring(TableExport.BUCKETS.length()).split("/", 2);
    String prefix = parts.length < 2 ? "" : parts[1];
    boolean compressed = prefix.endsWith(".gz") || prefix.contains("AWSDynamoDB/");
    String compression = prefix.endsWith(".zst") ? "ZSTD" : compressed ? "GZIP" : "NONE";
    byte[] token = common.world().chance().bytes(TOKEN_BYTES);
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("ClientToken", HexFormat.of().formatHex(token));
    input.put("S3BucketSource", Map.of("S3Bucket", parts[0], "S3KeyPrefix", prefix));
    input.put("InputFormat", FORMATS.get(format));
    input.put("InputCompressionType", compression);
    input.put("TableCreationParameters", definition());
    Map<?, ?> task = described(client.call("ImportTable", input));
    while ("IN_PROGRESS".equals(task.get("ImportStatus"))) {
      common.world().tasks().sleep(TableExport.STEP);
      task =
          described(
              client.call(
                  "DescribeImport", Map.of("ImportArn", String.valueOf(task.get("ImportArn")))));
    }
    if (!"COMPLETED".equals(task.get("ImportStatus"))) {
      throw new CommandFault(
          ExitCode.FAILED,
          task.get("FailureMessage") + " (" + task.get("ImportedItemCount") + " were)",
          "");
    }
    return done(String.valueOf(task.get("ImportedItemCount")));
  }

  private static Map<?, ?> described(Map<String, Object> answer) {
    return answer.get("ImportTableDescription") instanceof Map<?, ?> task ? task : Map.of();
  }

  private int ofFile(TableClient client) throws IOException {
    if (!key.isEmpty()) {
      client.call("CreateTable", definition());
    }
    ItemWriter writer = new ItemWriter(client, table);
    try (InputStream bytes = bytes()) {
      if (format.equals("csv")) {
        writer.csv(bytes);
      } else {
        writer.json(bytes);
      }
    }
    return done(Long.toString(writer.count()));
  }

  private InputStream bytes() throws IOException {
    if (from.equals("-")) {
      return System.in;
    }
    try {
      return DiskStreams.read(common.world().disk(), Path.of(from).toAbsolutePath());
    } catch (NoSuchFileException missing) {
      throw new CommandFault(ExitCode.FAILED, "there is no file " + from, "");
    }
  }

  private int done(String count) {
    common.print(
        Map.of("table", table, "items", count),
        () -> common.out().println("Imported " + count + " items into " + table + "."));
    return ExitCode.DONE;
  }
}
