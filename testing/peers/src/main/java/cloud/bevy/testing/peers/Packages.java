package cloud.bevy.testing.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// JavaScript packages that a lock file pins. They are installed when a test first needs them;
/// where Node.js or npm is missing, that test is skipped and says so.
public final class Packages {
  /// The folder of the peers' programs and of what they need.
  public static final Path FOLDER =
      Path.of(Objects.requireNonNull(System.getProperty("bevy.root"))).resolve("testing/peers");

  private static final List<String> INSTALL =
      List.of("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
  private static final int INSTALL_MINUTES = 5;
  private static final ReentrantLock INSTALLING = new ReentrantLock();

  private Packages() {}

  /// Makes sure that those of the peers are there.
  public static void need() {
    need(FOLDER);
  }

  /// Makes sure that those are there which the lock file in `folder` names. One test installs at a
  /// time, as an installation begins by removing what is there, and another test may be using it.
  public static void need(Path folder) {
    for (String program : List.of("node", "npm")) {
      assumeTrue(onPath(program), program + " is not installed");
    }
    INSTALLING.lock();
    try {
      if (missing(folder)) {
        install(folder);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      INSTALLING.unlock();
    }
  }

  private static boolean onPath(String program) {
    return Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /// Whether they were not installed since the lock file has changed.
  private static boolean missing(Path folder) throws IOException {
    Path installed = folder.resolve("node_modules/.package-lock.json");
    Path locked = folder.resolve("package-lock.json");
    return !Files.exists(installed)
        || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(locked)) < 0;
  }

  /// One process at a time: the tests of several modules may be running.
  private static void install(Path folder) throws IOException {
    Path target = Files.createDirectories(FOLDER.resolve("target"));
    Path output = target.resolve("install.log");
    try (FileChannel channel =
            FileChannel.open(
                target.resolve("install.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && missing(folder)) {
        run(folder, output);
      }
    }
  }

  private static void run(Path folder, Path output) throws IOException {
    Process process =
        new ProcessBuilder(INSTALL)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError(
            String.join(" ", INSTALL)
                + " failed in "
                + folder
                + ":\n"
                + Files.readString(output, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
