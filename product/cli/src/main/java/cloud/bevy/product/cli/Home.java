package cloud.bevy.product.cli;

import java.nio.file.Path;
import java.util.Map;

/// Where a person's cloud keeps its state.
final class Home {
  private Home() {}

  /// `$BEVY_HOME`, else `$XDG_DATA_HOME/bevy`, else `~/.local/share/bevy` (XDG Base Directory
  /// Specification 0.8).
  static Path locate(Map<String, String> environment) {
    String own = environment.getOrDefault("BEVY_HOME", "");
    if (!own.isEmpty()) {
      return Path.of(own).toAbsolutePath();
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base =
        Path.of(data).isAbsolute()
            ? Path.of(data)
            : Path.of(System.getProperty("user.home"), ".local", "share");
    return base.resolve("bevy");
  }
}
