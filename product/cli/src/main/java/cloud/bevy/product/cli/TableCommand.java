package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What is done with a table as the Hyperbee that it is.
@Command(
    name = "table",
    description = "A table as the Hyperbee that it is.",
    subcommands = TableCommand.Key.class)
final class TableCommand implements Runnable {
  @Mixin private final Common common = new Common();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(common.out());
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
      String path = "/_bevy/tables/" + Names.inPath(table) + "/key" + cloud.query();
      return Keys.print(common, common.control().post(path));
    }
  }
}
