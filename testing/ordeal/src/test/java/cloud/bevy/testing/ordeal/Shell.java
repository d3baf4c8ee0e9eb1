package cloud.bevy.testing.ordeal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs commands as a person would, with an environment of its own.
final class Shell {
  private static final long DEADLINE_MINUTES = 15;

  private final Path directory;
  private final Map<String, String> environment;

  Shell(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = new HashMap<>(environment);
  }

  /// What a command that ended has said.
  record Outcome(int exitCode, String output) {
    String requireSuccess() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + ":\n" + output);
      }
      return output;
    }
  }

  /// Runs a script in bash; what it prints on either stream is its output.
  Outcome run(String script) throws IOException, InterruptedException {
    return run(List.of("bash", "-euo", "pipefail", "-c", script));
  }

  /// Runs a program; what it prints on either stream is its output.
  Outcome run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("bevy-ordeal", ".out");
    try {
      Process process = start(command, output);
      if (!process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(command + " did not end:\n" + read(output));
      }
      return new Outcome(process.exitValue(), read(output));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private Process start(List<String> command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String read(Path output) throws IOException {
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
  }
}
