package cloud.bevy.testing.ordeal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.bevy.testing.peers.Packages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// The real clients that some tests drive. Where one is missing the test is skipped and says so;
/// `./bevy test` installs them.
final class Tools {
  /// Where the Node.js programs of these tests are.
  static final Path JAVASCRIPT = BevyProcess.ROOT.resolve("testing/ordeal/src/test/js");

  private Tools() {}

  static void need(String program) throws IOException, InterruptedException {
    Shell.Outcome found =
        new Shell(BevyProcess.ROOT, Map.of()).run("command -v " + program + " || true");
    assumeTrue(!found.output().isBlank(), program + " is not installed");
  }

  /// The engine that functions run on, and a machine that permits its jail.
  static void needFunctions() throws IOException, InterruptedException {
    Shell.Outcome doctor = new Shell(BevyProcess.ROOT, Map.of()).run("./bevy doctor || true");
    for (String line : doctor.output().split("\n")) {
      assumeTrue(!line.startsWith("lacking  functions"), line);
    }
  }

  /// Node.js with the packages that the lock file pins.
  static void needNode() {
    Packages.need(JAVASCRIPT);
  }
}
