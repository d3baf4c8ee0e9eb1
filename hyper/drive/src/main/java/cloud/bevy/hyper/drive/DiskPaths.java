package cloud.bevy.hyper.drive;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Which paths of a drive have a place in a folder of the disk.
///
/// @param root the folder
record DiskPaths(Path root) {
  /// What a file is called until it is whole. No file of a drive may be called so.
  static final String PART = ".bevy-part";

  /// The longest name, in bytes: that of most file systems.
  static final int MOST_NAME_BYTES = 255;

  /// The longest path below the folder, in bytes.
  static final int MOST_PATH_BYTES = 3072;

  /// Where a path of a drive is on the disk.
  ///
  /// @return nothing where it is not in its usual form, too long, or nothing that the disk knows
  Optional<Path> resolve(String path) {
    if (!usual(path)) {
      return Optional.empty();
    }
    int names = 0;
    for (String name : path.substring(1).split("/", -1)) {
      if (name.equals(PART) || EntryView.key(name).length > MOST_NAME_BYTES) {
        return Optional.empty();
      }
      names++;
    }
    try {
      Path there = root.resolve(path.substring(1)).normalize();
      boolean within =
          there.startsWith(root) && there.getNameCount() == root.getNameCount() + names;
      return within ? Optional.of(there) : Optional.empty();
    } catch (InvalidPathException unknown) {
      return Optional.empty();
    }
  }

  private static boolean usual(String path) {
    byte[] bytes = EntryView.key(path);
    if (bytes.length > MOST_PATH_BYTES || !path.equals(new String(bytes, StandardCharsets.UTF_8))) {
      return false;
    }
    try {
      return path.equals(DrivePath.normal(path));
    } catch (IllegalArgumentException outside) {
      return false;
    }
  }

  /// Whether the disk can have this as a link's target.
  static boolean isPath(String target) {
    try {
      return EntryView.key(target).length <= MOST_PATH_BYTES && Path.of(target).getNameCount() > 0;
    } catch (InvalidPathException unknown) {
      return false;
    }
  }
}
