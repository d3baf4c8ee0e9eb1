package cloud.bevy.services.functions;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// The JavaScript engine as a program on this machine, started only inside the jail that `jail.sh`
/// builds. There is no way to start it outside.
final class Engine {
  /// What the engine asks the kernel for before it runs anything, most of which it never touches.
  private static final long OWN_MEMORY = 640L << 20;

  /// Between two looks at the engine's memory a function can take more than it may: the kernel
  /// refuses it what is beyond this multiple.
  private static final int MEMORY_SLACK = 2;

  private static final Duration LISTING = Duration.ofSeconds(10);

  private final World world;
  private final Path program;
  private final AtomicReference<List<String>> libraries = new AtomicReference<>(List.of());

  /// @param program where the engine is, if it is installed
  Engine(World world, Path program) {
    this.world = world;
    this.program = program.toAbsolutePath();
  }

  /// Starts an engine.
  ///
  /// @param folder holds an empty `root`, `config` with a configuration, and `sockets`
  /// @param memory how much private memory it may have, in bytes
  /// @throws FunctionFault if it cannot be started on this machine, saying why
  EngineProcess start(Path folder, long memory, EngineProcess.Output output) {
    if (!installed()) {
      throw FunctionFault.unavailable(
          "the JavaScript engine is not at " + program + "; build/engine/install fetches it");
    }
    try {
      String jail = Resources.text("jail.sh");
      List<String> command = new ArrayList<>(List.of("sh", "-c", jail, jail, "outer"));
      command.add(folder.toString());
      command.add(Long.toString(OWN_MEMORY + MEMORY_SLACK * memory));
      command.add(program.toString());
      command.addAll(libraries());
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return EngineProcess.of(world, process, output);
    } catch (IOException failure) {
      throw FunctionFault.unavailable("a process could not be started: " + failure.getMessage());
    }
  }

  /// Whether the engine is there.
  boolean installed() {
    return world.disk().exists(program);
  }

  /// The shared libraries the engine is linked with. They are asked for once.
  private List<String> libraries() throws IOException {
    if (libraries.get().isEmpty()) {
      Process ldd = new ProcessBuilder("ldd", program.toString()).redirectErrorStream(true).start();
      Tasks.Timer late = world.tasks().after(LISTING, "ldd is late", ldd::destroyForcibly);
      try (InputStream out = ldd.getInputStream()) {
        libraries.set(paths(new String(out.readAllBytes(), StandardCharsets.UTF_8)));
      } finally {
        late.cancel();
      }
      if (libraries.get().isEmpty()) {
        throw new IOException("ldd does not list the libraries of " + program);
      }
    }
    return libraries.get();
  }

  /// The absolute paths in what `ldd` says: `libm.so.6 => /lib/libm.so.6 (0x7f00)`.
  static List<String> paths(String listing) {
    return List.of(listing.split("\\s+")).stream().filter(word -> word.startsWith("/")).toList();
  }
}
