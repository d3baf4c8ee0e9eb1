package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Checks what is on the disk.
@Command(
    name = "verify",
    description =
        "Read buckets, tables and backups back from the disk, check every block, tree and"
            + " signature, and print length, fork and root hash of their cores. Says which objects,"
            + " versions, keys and backups any damage concerns, and ends with 1 then.")
final class Verify implements Callable<Integer> {
  @Mixin private final Common common = new Common();
  @Mixin private final CloudOption cloud = new CloudOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KIND",
      description = "bucket or table. Default: all of both, and backups of deleted tables.")
  private Kind kind = Kind.ALL;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Which one.")
  private String name = "";

  /// What is checked.
  enum Kind {
    BUCKET,
    TABLE,
    ALL
  }

  @Override
  public Integer call() throws IOException {
    ControlClient control = common.control();
    List<Map<String, Object>> reports = new ArrayList<>();
    boolean sound = true;
    for (String path : paths(control)) {
      Map<String, Object> report = control.postPatiently(path + "/verify" + cloud.query());
      reports.add(report);
      sound &= Boolean.TRUE.equals(report.get("sound"));
      if (!common.json()) {
        print(report);
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("sound", sound);
    result.put("checked", reports);
    boolean all = sound;
    common.print(result, () -> conclude(reports.size(), all));
    return sound ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<String> paths(ControlClient control) throws IOException {
    if (kind != Kind.ALL && !name.isEmpty()) {
      return List.of(path(kind, name));
    }
    Map<String, Object> contents = control.get("/_bevy/contents" + cloud.query());
    List<String> paths = new ArrayList<>();
    if (kind != Kind.TABLE && contents.get("buckets") instanceof List<?> buckets) {
      buckets.forEach(bucket -> paths.add(path(Kind.BUCKET, bucket.toString())));
    }
    if (kind != Kind.BUCKET && contents.get("tables") instanceof List<?> tables) {
      tables.forEach(table -> paths.add(path(Kind.TABLE, table.toString())));
    }
    if (kind == Kind.ALL && contents.get("backups") instanceof List<?> backups) {
      backups.forEach(id -> paths.add("/_bevy/backups/" + Names.inPath(id.toString())));
    }
    return paths;
  }

  private static String path(Kind kind, String name) {
    return (kind == Kind.BUCKET ? "/_bevy/buckets/" : "/_bevy/tables/") + Names.inPath(name);
  }

  private void print(Map<String, Object> report) {
    boolean sound = Boolean.TRUE.equals(report.get("sound"));
    String what = report.get("kind") + " " + report.get("name");
    common.out().println(what + (sound ? ": sound" : ": DAMAGED"));
    damages(report.get("tree"));
    damages(report.get("files"));
    damages(report.get("backups"));
    if (report.get("cores") instanceof List<?> cores) {
      cores.forEach(this::core);
    }
    common.out().flush();
  }

  private void core(Object core) {
    if (core instanceof Map<?, ?> fields) {
      common
          .out()
          .printf(
              "  %-8s length %s, fork %s, root %s%n",
              fields.get("name"), fields.get("length"), fields.get("fork"), fields.get("rootHash"));
      damages(core);
    }
  }

  private void damages(@Nullable Object part) {
    if (part instanceof Map<?, ?> fields && fields.get("damages") instanceof List<?> damages) {
      damages.forEach(damage -> common.out().println("    " + damage));
    }
  }

  private void conclude(int count, boolean sound) {
    if (count == 0) {
      common.out().println("There are no buckets and no tables.");
    } else if (!sound) {
      common.err().println("bevy: damage was found; docs/replication.md says what can be done");
    }
  }
}
