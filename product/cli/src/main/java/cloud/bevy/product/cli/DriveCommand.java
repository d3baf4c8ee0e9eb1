package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What is done with a bucket as the Hyperdrive that it is.
@Command(
    name = "drive",
    description = "A bucket as the Hyperdrive that it is.",
    subcommands = DriveCommand.Key.class)
final class DriveCommand implements Runnable {
  @Mixin private final Common common = new Common();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(common.out());
  }

  /// Prints a bucket's key.
  @Command(
      name = "key",
      description =
          "Print the key of a bucket. Whoever knows it may read the bucket, and what it held"
              + " before, from any Hyperdrive client: see docs/replication.md.")
  static final class Key implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
    private String bucket = "";

    @Override
    public Integer call() throws IOException {
      String path = "/_bevy/buckets/" + Names.inPath(bucket) + "/key" + cloud.query();
      return Keys.print(common, common.control().post(path));
    }
  }
}
