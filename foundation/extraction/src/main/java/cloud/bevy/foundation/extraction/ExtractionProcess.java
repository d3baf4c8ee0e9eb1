package cloud.bevy.foundation.extraction;

import cloud.bevy.foundation.base.World;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// A process that reads documents: this program's Java with little memory and nothing else to do.
final class ExtractionProcess implements AutoCloseable {
  /// How Java ends that has no memory left.
  private static final int NO_MEMORY = 3;

  /// Who has said the last word ends within this time.
  private static final Duration MOMENT = Duration.ofSeconds(2);

  /// What a process says first.
  static final int READY = 'r';

  private final Process process;
  private final ExtractionLimits limits;
  private final DataOutputStream questions;
  private final DataInputStream answers;

  private ExtractionProcess(Process process, ExtractionLimits limits) {
    this.process = process;
    this.limits = limits;
    questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
  }

  static ExtractionProcess start(ExtractionLimits limits) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + limits.memory() + "m",
            "-Xms8m",
            "-Xss4m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ActiveProcessorCount=1",
            "-XX:MaxMetaspaceSize=96m",
            "-XX:MaxDirectMemorySize=8m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
            ExtractionMain.class.getName(),
            Integer.toString(limits.text()));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("CLASSPATH", classPath());
    builder.directory(new File(System.getProperty("java.io.tmpdir")));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new ExtractionProcess(builder.start(), limits);
  }

  private static String classPath() {
    List<String> paths =
        List.of(
            System.getProperty("java.class.path", ""), System.getProperty("jdk.module.path", ""));
    StringBuilder all = new StringBuilder();
    for (String path : paths) {
      for (String each : path.split(File.pathSeparator, -1)) {
        if (!each.isEmpty()) {
          all.append(all.isEmpty() ? "" : File.pathSeparator).append(absolute(each));
        }
      }
    }
    return all.toString();
  }

  /// The process works elsewhere.
  private static String absolute(String path) {
    return path.endsWith("*")
        ? Path.of(path.substring(0, path.length() - 1)).toAbsolutePath().resolve("*").toString()
        : Path.of(path).toAbsolutePath().toString();
  }

  /// Waits until it has started, however long that takes.
  ///
  /// @throws IOException if it ends instead
  void awaitStart() throws IOException {
    if (answers.readUnsignedByte() != READY) {
      throw new IOException("it says something else than that it has started");
    }
  }

  /// Asks for the text of a document and waits for it, however long that takes.
  ///
  /// @throws IOException if the process ended, or there is something wrong with its answer
  Extracted ask(Document document) throws IOException {
    int size = (int) Math.min(document.size(), most(document.format()));
    try (InputStream bytes = opened(document)) {
      ExtractionWire.ask(questions, document, size, bytes);
    }
    Extracted answer = ExtractionWire.answer(answers, limits.text());
    return size == document.size() || !answer.problem().isEmpty()
        ? answer
        : new Extracted(
            answer.title(), answer.text(), "it is long: its first " + size + " bytes are searched");
  }

  private static InputStream opened(Document document) throws Extractor.Unreadable {
    try {
      return document.content().open();
    } catch (IOException failed) {
      throw new Extractor.Unreadable(String.valueOf(failed.getMessage()));
    }
  }

  private int most(DocumentFormat format) {
    return format == DocumentFormat.PDF ? limits.pdf() : limits.html();
  }

  /// How long it has kept a processor busy: what a document costs, however busy the machine is.
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Why it has ended; it is ended where it has not.
  String ended(World world) throws InterruptedException {
    try {
      world.tasks().await(process.onExit(), MOMENT);
    } catch (TimeoutException running) {
      process.destroyForcibly();
    }
    return process.waitFor() == NO_MEMORY
        ? "it needs more than " + limits.memory() + " MiB of memory to be read"
        : "it cannot be read: whoever read it has ended";
  }

  /// Ends it.
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
