package cloud.bevy.product.cli;

import java.nio.file.Path;
import java.util.Map;

/// Where a person's cloud keeps its state.
final class Home {
  private Home() {}

  /// `$BEVY_HOME`, else `$XDG_DATA_HOME/bevy`, else `$HOME/.local/share/bevy` (XDG Base Directory
  /// Specification 0.8). Java's own `user.home` is the user's in the system's list of users, which
  /// is another than a shell's `~` where `HOME` is set.
  static Path locate(Map<String, String> environment) {
    String own = environment.getOrDefault("BEVY_HOME", "");
    if (!own.isEmpty()) {
      return Path.of(own).toAbsolutePath();
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    Path user = Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
    Path base =
        Path.of(data).isAbsolute()
            ? Path.of(data)
            : user.toAbsolutePath().resolve(Path.of(".local", "share"));
    return base.resolve("bevy");
  }
}
