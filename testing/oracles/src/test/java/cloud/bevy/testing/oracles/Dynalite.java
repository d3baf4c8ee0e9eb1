package cloud.bevy.testing.oracles;

import cloud.bevy.testing.peers.Packages;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// npm's dynalite in a process of its own. It answers in the order in which it is asked, so that it
/// may be asked many things before the first answer is read.
final class Dynalite implements AutoCloseable {
  private static final Path FOLDER = Packages.FOLDER.resolveSibling("dynalite");

  /// How long anything may take: `-Dbevy.patience=7200` where the machine is stopped meanwhile.
  static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("bevy.patience", 60));

  private final ObjectMapper json;
  private final Process process;
  private final BufferedWriter questions;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private Dynalite(ObjectMapper json, Process process) {
    this.json = json;
    this.process = process;
    questions = process.outputWriter(StandardCharsets.UTF_8);
  }

  /// Starts it. Skips the test where Node.js is missing.
  static Dynalite start(ObjectMapper json) throws IOException {
    Packages.need(FOLDER);
    Process process =
        new ProcessBuilder(List.of("node", FOLDER.resolve("oracle.mjs").toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Dynalite dynalite = new Dynalite(json, process);
    Thread.ofVirtual().name("dynalite").start(dynalite::hear);
    return dynalite;
  }

  /// Reads all the time, as it may answer while it is asked.
  private void hear() {
    process.inputReader(StandardCharsets.UTF_8).lines().forEach(answers::add);
  }

  void ask(RandomRequest request) {
    try {
      questions.write(json.writeValueAsString(request.asked(json)));
      questions.newLine();
    } catch (IOException ended) {
      throw new UncheckedIOException("dynalite takes no more questions", ended);
    }
  }

  /// Lets everything that was asked be answered.
  void flush() {
    try {
      questions.flush();
    } catch (IOException ended) {
      throw new UncheckedIOException("dynalite takes no more questions", ended);
    }
  }

  /// The answer to the first question that has none yet.
  DynamoAnswer answer() {
    try {
      String line = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("dynalite does not answer");
      }
      JsonNode answer = json.readTree(line);
      return new DynamoAnswer(answer.get(0).asInt(), answer.get(1));
    } catch (IOException noJson) {
      throw new UncheckedIOException("dynalite answers something else", noJson);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
