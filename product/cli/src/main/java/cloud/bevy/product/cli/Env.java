package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints the environment that points AWS SDKs and the AWS CLI at the cloud.
@Command(
    name = "env",
    description = "Print export lines for the AWS CLI and SDKs: eval \"$(bevy env)\".")
final class Env implements Callable<Integer> {
  @Mixin private final Common common = new Common();
  @Mixin private final CloudOption cloud = new CloudOption();

  @Override
  public Integer call() throws IOException {
    ControlClient control = common.control();
    Map<String, Object> key = control.get("/_bevy/credentials" + cloud.query());
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("AWS_ENDPOINT_URL", control.endpoint());
    environment.put("AWS_ACCESS_KEY_ID", key.get("accessKeyId"));
    environment.put("AWS_SECRET_ACCESS_KEY", key.get("secretAccessKey"));
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    common.print(
        environment,
        () -> {
          environment.forEach(
              (name, value) -> common.out().println("export " + name + "=" + value));
          common.out().println("unset AWS_SESSION_TOKEN AWS_PROFILE");
        });
    return ExitCode.DONE;
  }
}
