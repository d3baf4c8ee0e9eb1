package cloud.bevy.product.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    description = "What buckets were, how much they hold, and the search of them.",
    subcommands = {
      BucketCommand.History.class,
      BucketCommand.Restore.class,
      BucketCommand.Retention.class,
      BucketCommand.Usage.class,
      BucketCommand.Quota.class,
      BucketSearch.Index.class,
      BucketSearch.Search.class
    })
final class BucketCommand implements Runnable {
  @Mixin private final Common common = new Common();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(common.out());
  }

  static String path(String bucket, String what, CloudOption cloud) {
    return "/_bevy/buckets/" + Names.inPath(bucket) + "/" + what + cloud.query();
  }

  /// Tells what was done to a bucket.
  @Command(
      name = "history",
      description =
          "Tell what was put into a bucket and deleted from it, and when, newest first. The"
              + " version is what the bucket was from then on: BUCKET@vVERSION.")
  static final class History implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();
    @Mixin private final HistoryPages pages = new HistoryPages();

    @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
    private String bucket = "";

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Only keys that begin so.")
    private String prefix = "";

    @Override
    public Integer call() throws IOException {
      String path = path(bucket, "history", cloud) + Names.parameter("prefix", prefix);
      return pages.print(common, path, History::line);
    }

    private static String line(Map<?, ?> change) {
      boolean deleted = "delete".equals(change.get("kind"));
      return "%-24s  v%-9s %-6s %12s  %s"
          .formatted(
              change.get("time"),
              change.get("version"),
              change.get("kind"),
              deleted ? "-" : change.get("size"),
              change.get("key"));
    }
  }

  /// Makes a bucket what it was.
  @Command(
      name = "restore",
      description =
          "Make a bucket's objects what they were, by new writes: what is there now can be"
              + " restored in turn. Run it again where it was interrupted.")
  static final class Restore implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
    private String bucket = "";

    @Option(
        names = "--at",
        required = true,
        paramLabel = "TIME",
        description = "2026-11-26T10:00:00Z, 2h for two hours ago, or v123 of the history.")
    private String at = "";

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Only keys that begin so.")
    private String prefix = "";

    @Option(names = "--dry-run", description = "Only tell what would be done.")
    private boolean dry;

    @Option(
        names = "--to",
        paramLabel = "BUCKET",
        description = "Put the objects into this bucket instead; what else it has stays.")
    private String to = "";

    @Override
    public Integer call() throws IOException {
      Map<String, Object> report =
          common
              .control()
              .postPatiently(
                  path(bucket, "restore", cloud)
                      + Names.parameter("at", at)
                      + Names.parameter("prefix", prefix)
                      + Names.parameter("to", to)
                      + (dry ? "&dry=true" : ""));
      common.print(report, () -> tell(report));
      boolean lost = !Long.valueOf(0).equals(number(report.get("lost")));
      return lost ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void tell(Map<String, Object> report) {
      common
          .out()
          .printf(
              "%s v%s: %s objects put back (%s bytes), %s deleted, %s already as they were.%n",
              dry ? "Would restore to" : "Restored to",
              report.get("version"),
              report.get("restored"),
              report.get("bytes"),
              report.get("deleted"),
              report.get("same"));
      if (!Long.valueOf(0).equals(number(report.get("skipped")))) {
        common
            .out()
            .println(report.get("skipped") + " were changed meanwhile and were left alone.");
      }
      if (report.get("lostKeys") instanceof List<?> keys && !keys.isEmpty()) {
        common.out().println(report.get("lost") + " cannot be put back, their bytes are gone:");
        keys.forEach(key -> common.out().println("  " + key));
      }
    }

    private static long number(@Nullable Object value) {
      return value instanceof Number number ? number.longValue() : 0;
    }
  }

  /// Says how long a bucket's past is kept.
  @Command(
      name = "retention",
      description =
          "Say, or set, how long a bucket keeps the bytes of what was overwritten or deleted, so"
              + " that it can be read and restored as it was.")
  static final class Retention implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(index = "0", paramLabel = "BUCKET", description = "The bucket's name.")
    private String bucket = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "TIME",
        description =
            "30d, 12h, none (space comes back at once), or default (a day, 256 MiB at most).")
    private String time = "";

    @Override
    public Integer call() throws IOException {
      Map<String, Object> answer =
          common
              .control()
              .postPatiently(path(bucket, "retention", cloud) + Names.parameter("time", time));
      common.print(answer, () -> tell(answer));
      return ExitCode.DONE;
    }

    private void tell(Map<String, Object> answer) {
      Object seconds = answer.get("seconds");
      Duration span = Duration.ofSeconds(seconds instanceof Number it ? it.longValue() : 0);
      String most =
          answer.containsKey("bytes") ? ", at most " + answer.get("bytes") + " bytes" : "";
      common
          .out()
          .println(
              span.isZero()
                  ? "What is overwritten or deleted is gone at once."
                  : "What is overwritten or deleted is kept for " + words(span) + most + ".");
    }

    private static String words(Duration span) {
      return span.toDays() > 0 && span.equals(Duration.ofDays(span.toDays()))
          ? span.toDays() + (span.toDays() == 1 ? " day" : " days")
          : span.toString().substring(2).toLowerCase(Locale.ROOT);
    }
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
      String path =
          bucket.isEmpty() ? "/_bevy/usage" : "/_bevy/buckets/" + Names.inPath(bucket) + "/usage";
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
      String path =
          all ? "/_bevy/quota" : "/_bevy/buckets/" + Names.inPath(words.getFirst()) + "/quota";
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
