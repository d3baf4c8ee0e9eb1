package cloud.bevy.hyper.drive;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Symbolic links between a drive and a folder of the disk. None leads out of the folder: what is
/// written has `..` at the beginning only, where what is above is a real folder and no link.
final class DiskLinks {
  private static final String UP = "..";

  private DiskLinks() {}

  /// How a drive's link is written to the disk: always seen from the folder that it is in.
  ///
  /// @param path the link's own, in its usual form
  /// @return nothing where it would lead out of the folder
  static Optional<String> write(String path, String target) {
    int depth = (int) path.chars().filter(c -> c == '/').count() - 1;
    List<String> names = new ArrayList<>();
    if (target.startsWith("/")) {
      names.addAll(Collections.nCopies(depth, UP));
    }
    int least = names.size();
    for (String name : target.split("/", -1)) {
      if (!name.equals(UP)) {
        add(names, name);
      } else if (names.size() > least && !names.getLast().equals(UP)) {
        names.removeLast();
      } else {
        names.add(UP);
        if (names.size() > depth) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(names.isEmpty() ? "." : String.join("/", names));
  }

  private static void add(List<String> names, String name) {
    if (!name.isEmpty() && !name.equals(".")) {
      names.add(name);
    }
  }

  /// What a drive has for a link of the disk.
  ///
  /// @param path the link's own in the drive
  /// @return nothing where it leads out of the folder
  static Optional<String> read(Path folder, String path, String target) {
    try {
      Path there = Path.of(target);
      if (!there.isAbsolute()) {
        return write(path, target).map(_ -> target);
      }
      return there.startsWith(folder)
          ? Optional.of("/" + folder.relativize(there)).filter(it -> write(path, it).isPresent())
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
