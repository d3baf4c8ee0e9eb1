package cloud.bevy.hyper.drive;

/// Paths as hyperdrive writes them: absolute, without empty names, `.` and `..`.
public final class DrivePath {
  private static final String TOP = "/";

  private DrivePath() {}

  /// The usual form of a file's path. A path that is not absolute begins at the top.
  ///
  /// @throws IllegalArgumentException where it leads out of the drive, or to its top
  public static String normal(String path) {
    String normal = resolve(TOP, path);
    if (normal.equals(TOP)) {
      throw new IllegalArgumentException("the top of a drive is no file: " + path);
    }
    return normal;
  }

  /// The usual form of a folder's path; empty for the top, so that the paths in the folder begin
  /// with it and a slash.
  public static String folder(String path) {
    String normal = resolve(TOP, path);
    return normal.equals(TOP) ? "" : normal;
  }

  /// Where a symbolic link leads to.
  ///
  /// @param link the link's own path
  /// @param target what it says: absolute, or seen from the folder that the link is in
  /// @throws IllegalArgumentException where it leads out of the drive
  public static String follow(String link, String target) {
    return resolve(link.substring(0, link.lastIndexOf('/') + 1), target);
  }

  private static String resolve(String folder, String path) {
    StringBuilder result = new StringBuilder();
    if (!path.startsWith(TOP)) {
      append(result, folder);
    }
    append(result, path);
    return result.isEmpty() ? TOP : result.toString();
  }

  private static void append(StringBuilder result, String path) {
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (result.isEmpty()) {
          throw new IllegalArgumentException("a path that leads out of the drive: " + path);
        }
        result.setLength(result.lastIndexOf(TOP));
      } else if (!name.isEmpty() && !name.equals(".")) {
        result.append(TOP).append(name);
      }
    }
  }
}
