package cloud.bevy.services.functions;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The path of a file in a bundle: relative, with `/` between the names.
final class BundlePath {
  private static final int MAX_BYTES = 512;

  private BundlePath() {}

  /// Whether a file of a bundle may lie there: nothing absolute, nothing that leads elsewhere.
  static boolean valid(String path) {
    return !path.isEmpty()
        && path.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
        && path.chars().noneMatch(c -> c < ' ' || c == 0x7F || c == '\\')
        && List.of(path.split("/", -1)).stream().allMatch(BundlePath::validName);
  }

  /// Returns `path` if a file may lie there.
  ///
  /// @throws IllegalArgumentException if it may not
  static String checked(String path) {
    if (!valid(path)) {
      throw new IllegalArgumentException(
          "\"" + path + "\" must be a path inside the folder, without . and ..");
    }
    return path;
  }

  /// What stands behind the last dot of the last name, in lower case; empty if there is none.
  static String extension(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean validName(String name) {
    return !name.isEmpty() && !name.equals(".") && !name.equals("..");
  }
}
