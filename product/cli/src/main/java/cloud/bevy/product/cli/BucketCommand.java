package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What is asked and said of buckets that S3 has no words for.
@Command(
    name = "bucket",
    description = "How much buckets hold, and may hold.",
    subcommands = {BucketCommand.Usage.class, BucketCommand.Quota.class})
final class BucketCommand implements Runnable {
  @Mixin private final Common common = new Common();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(common.out());
  }

  private static String path(String bucket, String what) {
    return "/_bevy/buckets/" + Names.inPath(bucket) + "/" + what;
  }

  /// Says how much buckets hold.
  @Command(
      name = "usage",
      description = "How much a bucket holds, or each of them, and how much it may hold.")
  static final class Usage implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(paramLabel = "BUCKET", arity = "0..1", description = "Default: all.")
    private String bucket = "";

    @Override
    public Integer call() throws IOException {
      String path = bucket.isEmpty() ? "/_bevy/usage" : path(bucket, "usage");
      Map<String, Object> answer = common.control().get(path + cloud.query());
      common.print(answer, () -> table(answer));
      return ExitCode.DONE;
    }

    private void table(Map<String, Object> answer) {
      List<Map<?, ?>> lines = new ArrayList<>();
      if (answer.get("buckets") instanceof List<?> buckets) {
        buckets.forEach(each -> {
          if (each instanceof Map<?, ?> fields) {
            lines.add(fields);
          }
        });
      }
      lines.add(answer);
      line("BUCKET", "OBJECTS", "BYTES", "OLDER", "UPLOADS", "ALL", "QUOTA");
      for (Map<?, ?> fields : lines) {
        line(
            fields.get("bucket") instanceof String name ? name : "(all)",
            String.valueOf(fields.get("objects")),
            bytes(fields.get("bytes")),
            bytes(fields.get("olderBytes")),
            bytes(fields.get("uploadBytes")),
            bytes(fields.get("allBytes")),
            fields.get("quota") == null ? "none" : bytes(fields.get("quota")));
      }
    }

    private void line(Object... columns) {
      common.out().printf("%-30s %10s %8s %8s %8s %8s %8s%n", columns);
    }

    private static String bytes(@Nullable Object number) {
      return number instanceof Number bytes ? ByteSize.text(bytes.longValue()) : "";
    }
  }

  /// Limits how much buckets may hold.
  @Command(
      name = "quota",
      description =
          "Limit how much a bucket, or all of them together, may hold: objects, their older"
              + " versions, and parts of uploads that have not ended.")
  static final class Quota implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Option(names = "--all", description = "All buckets of the cloud together.")
    private boolean all;

    @Parameters(
        paramLabel = "BUCKET SIZE",
        arity = "1..2",
        description = "The bucket's name, but with --all, and 10GB, 512MiB, … or none.")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
      if (words.size() != (all ? 1 : 2)) {
        throw new CommandFault(
            ExitCode.USAGE, "it is not clear what is limited", "say BUCKET SIZE, or --all SIZE");
      }
      String size = words.getLast();
      String path = all ? "/_bevy/quota" : path(words.getFirst(), "quota");
      Map<String, Object> answer = common.control().post(path + cloud.query() + bytes(size));
      String what = all ? "All buckets together" : "Bucket " + words.getFirst();
      common.print(
          answer,
          () ->
              common
                  .out()
                  .println(
                      what
                          + (answer.get("quota") instanceof Number bytes
                              ? " may hold " + ByteSize.text(bytes.longValue()) + "."
                              : " may hold what the disk holds.")));
      return ExitCode.DONE;
    }

    private static String bytes(String size) {
      if (size.equals("none")) {
        return "";
      }
      return "&bytes="
          + ByteSize.read(size)
              .orElseThrow(() ->
                  new CommandFault(
                      ExitCode.USAGE,
                      "\"" + size + "\" is no size",
                      "write 10GB, 1.5TiB, a number of bytes, or none"));
    }
  }
}
