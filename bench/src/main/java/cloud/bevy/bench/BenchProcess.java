package cloud.bevy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that greets with a line of JSON and answers every line by one.
final class BenchProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedReader lines;
  private final JsonNode greeting;

  private BenchProcess(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    greeting = read();
  }

  /// Gives the JDK's Poly1305 away, as the start of `bevy` does.
  static final String OPEN_CIPHERS = "--add-opens=java.base/com.sun.crypto.provider=ALL-UNNAMED";

  /// Starts a class of ours.
  static BenchProcess java(Class<?> program, String heap, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-XX:+UnlockDiagnosticVMOptions",
                OPEN_CIPHERS,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(arguments);
    return new BenchProcess(command);
  }

  /// Starts a program for Node.js.
  static BenchProcess node(String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", program));
    command.addAll(arguments);
    return new BenchProcess(command);
  }

  /// What it said first.
  JsonNode greeting() {
    return greeting;
  }

  long pid() {
    return process.pid();
  }

  JsonNode ask(JsonNode question) throws IOException {
    process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return read();
  }

  private JsonNode read() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new EOFException(process.info() + " ended");
    }
    return JSON.readTree(line);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
