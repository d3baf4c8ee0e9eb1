package cloud.bevy.services.functions;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.functions.FunctionFault.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// A running engine: its output, what it uses, its end.
final class EngineProcess {
  private static final int LAST_WORDS = 20;
  private static final int STAT_BYTES = 1_024;
  private static final long TICK_NANOS = 10_000_000;
  private static final long PAGE_BYTES = 4_096;
  private static final String PID_LINE = "engine ";
  private static final String LISTEN_LINE = "{\"event\":\"listen\"";
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration NOTICED = Duration.ofSeconds(1);
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  /// Where what functions write to their console goes.
  interface Output {
    /// One message, which may have several lines.
    void message(String app, String level, String text);
  }

  private final World world;
  private final Process process;
  private final CompletableFuture<Long> engine = new CompletableFuture<>();
  private final CompletableFuture<Void> listening = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<String> lastWords = new ArrayDeque<>();
  private final Tasks.Task reader;

  private EngineProcess(World world, Process process, Output output) {
    this.world = world;
    this.process = process;
    this.reader = world.tasks().start("engine output", () -> read(output));
  }

  /// Takes over a process that was started with `jail.sh`.
  static EngineProcess of(World world, Process process, Output output) {
    return new EngineProcess(world, process, output);
  }

  /// Blocks until the engine takes requests.
  ///
  /// @throws FunctionFault if it does not, with what it said
  void awaitListening(FunctionLimits limits) throws InterruptedException {
    long start = world.time().nanos();
    while (!listens()) {
      if (world.time().nanos() - start > limits.time().start().toNanos()) {
        throw FunctionFault.unavailable("the engine did not start in " + limits.time().start());
      }
      checkWhileStarting(limits);
    }
  }

  private boolean listens() throws InterruptedException {
    try {
      world.tasks().await(listening, LOOK);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (CompletionException ended) {
      throw FunctionFault.unavailable("the engine ended as it started: " + lastWords());
    }
  }

  private void checkWhileStarting(FunctionLimits limits) {
    try {
      if (engine.isDone() && cpuNanos() > limits.cpu().toNanos()) {
        throw new FunctionFault(
            Kind.FunctionExceededCpu, "a module computed for too long while it was loaded");
      }
      if (engine.isDone() && privateBytes() > limits.memory()) {
        throw new FunctionFault(
            Kind.FunctionExceededMemory, "a module held too much memory when it was loaded");
      }
    } catch (IOException gone) {
      // It has ended, which the next look finds.
    }
  }

  /// The processor time it has used, in nanoseconds, in steps of ten milliseconds.
  long cpuNanos() throws IOException {
    String stat = proc("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 14);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS;
  }

  /// The memory it has for itself, in bytes: what it shares with files on disk is not counted.
  long privateBytes() throws IOException {
    String[] fields = proc("statm").split(" ", 4);
    return (Long.parseLong(fields[1]) - Long.parseLong(fields[2])) * PAGE_BYTES;
  }

  /// Whether it has ended, or does so in the time that it takes to notice.
  boolean endsSoon() {
    try {
      world.tasks().await(process.onExit(), NOTICED);
      return true;
    } catch (TimeoutException alive) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Ends it at once, and waits for the last lines of its output.
  void kill() {
    process.destroyForcibly();
    try {
      reader.join(LAST_LINES);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The last lines that did not come from a function: why it ended, where it says so.
  String lastWords() {
    lock.lock();
    try {
      return lastWords.isEmpty() ? "it said nothing" : String.join("; ", lastWords);
    } finally {
      lock.unlock();
    }
  }

  /// Whether it ended because it could not have more memory.
  boolean ranOutOfMemory() {
    String words = lastWords();
    return words.contains("out of memory") || words.contains("invalid size error");
  }

  private String proc(String file) throws IOException {
    Path path = Path.of("/proc", Long.toString(engine.getNow(0L)), file);
    ByteBuffer bytes = ByteBuffer.allocate(STAT_BYTES);
    try (DiskFile opened = world.disk().open(path, Disk.Mode.READ)) {
      opened.read(bytes, 0);
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
  }

  private void read(Output output) {
    try (ConsoleReader console = new ConsoleReader(process.getInputStream(), output)) {
      for (String line = console.next(); line != null; line = console.next()) {
        engineSaid(line);
      }
    } catch (IOException gone) {
      // The process ended while it wrote. What ended it is known to whoever did, or stands above.
    } finally {
      listening.completeExceptionally(new IOException("the engine ended"));
    }
  }

  private void engineSaid(String line) {
    if (line.startsWith(PID_LINE) && !engine.isDone()) {
      engine.complete(Long.parseLong(line.substring(PID_LINE.length()).strip()));
    } else if (line.startsWith(LISTEN_LINE)) {
      listening.complete(null);
    } else {
      remember(line);
    }
  }

  private void remember(String line) {
    lock.lock();
    try {
      if (lastWords.size() == LAST_WORDS) {
        lastWords.removeFirst();
      }
      lastWords.addLast(line);
    } finally {
      lock.unlock();
    }
  }
}
