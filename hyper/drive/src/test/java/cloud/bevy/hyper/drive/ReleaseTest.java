package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What earlier releases wrote, and what this one writes.
final class ReleaseTest {
  private final World world = RealWorld.create((_, _) -> {});

  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(strings = "release-0.1.0")
  void whatAReleaseWroteIsReadAndWrittenOn(String release) throws Exception {
    Path folder = temporary.resolve("store");
    copy(Path.of(ReleaseTest.class.getResource("/" + release).toURI()), folder);
    Release.check(world, folder);
  }

  @Test
  void whatIsWrittenTodayIsReadAndWrittenOn() throws Exception {
    Path folder = temporary.resolve("store");
    Release.write(world, folder, temporary.resolve("elsewhere"));
    Release.check(world, folder);
  }

  private static void copy(Path from, Path to) throws IOException, URISyntaxException {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
