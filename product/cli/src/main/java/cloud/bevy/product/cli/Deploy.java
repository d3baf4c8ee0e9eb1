package cloud.bevy.product.cli;

import cloud.bevy.services.functions.BundleWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Deploys a folder as an app.
@Command(
    name = "deploy",
    description = "Deploy the app in a folder and print its address. Deploying again replaces it.")
final class Deploy implements Callable<Integer> {
  @Mixin private final Common common = new Common();
  @Mixin private final CloudOption cloud = new CloudOption();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The app's folder. Default: this one.")
  private Path directory = Path.of(".");

  @Override
  public Integer call() throws IOException {
    ControlClient control = common.control();
    byte[] bundle = bundle();
    Progress progress =
        new Progress(common.world().time(), common.err(), "Deploying", bundle.length);
    Map<String, Object> answer;
    try (InputStream body = new WatchedInput(bundle, progress)) {
      answer = control.post("/_bevy/apps" + cloud.query(), body);
    } finally {
      progress.done();
    }
    common.print(
        answer, () -> common.out().println(answer.get("name") + " is up at " + answer.get("url")));
    return ExitCode.DONE;
  }

  private byte[] bundle() throws IOException {
    Path folder = directory.toAbsolutePath().normalize();
    if (!common.world().disk().isDirectory(folder)) {
      throw new CommandFault(
          ExitCode.FAILED, "there is no folder " + folder, "name the folder the app is in");
    }
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    new BundleWriter(common.world().disk(), folder).write(bundle);
    return bundle.toByteArray();
  }
}
