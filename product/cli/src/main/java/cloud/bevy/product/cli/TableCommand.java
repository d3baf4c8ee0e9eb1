package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What is done with tables.
@Command(
    name = "table",
    description = "Tables, their items, and what they were.",
    subcommands = {
      TableCommand.ListAll.class,
      TableCommand.Describe.class,
      TableItems.Get.class,
      TableItems.Put.class,
      TableItems.Query.class,
      TableItems.Scan.class,
      TableSearch.Index.class,
      TableSearch.Search.class,
      TablePast.History.class,
      TablePast.Restore.class,
      TableExport.class,
      TableImport.class,
      TableCommand.Key.class
    })
final class TableCommand implements Runnable {
  @Mixin private final Common common = new Common();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(common.out());
  }

  static String path(String table, String what, CloudOption cloud) {
    return "/_bevy/tables/" + Names.inPath(table) + what + cloud.query();
  }

  /// Lists the tables.
  @Command(name = "list", description = "List the tables.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Override
    public Integer call() throws IOException {
      Object tables = common.control().get("/_bevy/contents" + cloud.query()).get("tables");
      List<?> names = tables instanceof List<?> all ? all : List.of();
      common.print(Map.of("tables", names), () -> names.forEach(common.out()::println));
      return ExitCode.DONE;
    }
  }

  /// Says what a table is.
  @Command(name = "describe", description = "Say what a table is, and how much it holds.")
  static final class Describe implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Override
    public Integer call() throws IOException {
      Map<String, Object> fields = common.control().get(path(table, "", cloud));
      common.print(fields, () -> tell(fields));
      return ExitCode.DONE;
    }

    private void tell(Map<String, Object> fields) {
      line("table", fields.get("table"));
      line("created", fields.get("created"));
      line("key", keys(fields.get("keys")));
      if (fields.get("indexes") instanceof List<?> indexes) {
        for (Object index : indexes) {
          if (index instanceof Map<?, ?> each) {
            boolean building = Boolean.TRUE.equals(each.get("building"));
            line(
                "index",
                each.get("index")
                    + ": "
                    + keys(each.get("keys"))
                    + (building ? ", being filled" : ""));
          }
        }
      }
      if (fields.containsKey("expires")) {
        line("expires", "at " + fields.get("expires"));
      }
      if (fields.containsKey("recoverable")) {
        line("recoverable", fields.get("recoverable") + " days");
      }
      if (Boolean.TRUE.equals(fields.get("restoring"))) {
        line("items", "being restored");
      } else {
        String atLeast = Boolean.TRUE.equals(fields.get("more")) ? "at least " : "";
        line("items", atLeast + fields.get("items"));
        line("bytes", atLeast + fields.get("bytes"));
      }
    }

    private void line(String name, @Nullable Object value) {
      common.out().printf("%-12s %s%n", name, value);
    }

    private static String keys(@Nullable Object parts) {
      return parts instanceof List<?> all
          ? all.stream()
              .map(part -> (Map<?, ?>) part)
              .map(part -> part.get("name") + " (" + part.get("type") + ")")
              .collect(Collectors.joining(", "))
          : "";
    }
  }

  /// Prints a table's key.
  @Command(
      name = "key",
      description =
          "Print the key of a table. Whoever knows it may read the table, and what it held"
              + " before, from any Hyperbee client: see docs/replication.md.")
  static final class Key implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Override
    public Integer call() throws IOException {
      return Keys.print(common, common.control().post(path(table, "/key", cloud)));
    }
  }
}
