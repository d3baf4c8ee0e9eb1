package cloud.bevy.product.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/// Which of the machine's clouds a command is about.
final class CloudOption {
  @Option(
      names = "--cloud",
      paramLabel = "NAME",
      description = "Which cloud of this machine. Default: default.")
  private String name = "default";

  /// `?cloud=NAME`
  String query() {
    return "?cloud=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
