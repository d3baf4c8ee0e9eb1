package cloud.bevy.hyper.drive;

import java.util.function.Predicate;

/// Which files of a folder of a drive to list. Folders are where paths have them: a drive has none
/// of its own, and no empty ones.
///
/// @param path the folder's, in any form
/// @param recursive whether files in folders below are listed too
/// @param ignored says of which paths nothing is wanted
public record Folder(String path, boolean recursive, Predicate<String> ignored) {
  /// All that is in a folder and below.
  public static Folder of(String path) {
    return new Folder(path, true, _ -> false);
  }

  /// All that is in the drive.
  public static Folder top() {
    return of("/");
  }

  /// Only files that are in the folder itself.
  public Folder shallow() {
    return new Folder(path, false, ignored);
  }

  /// Without files at these paths and below them.
  public Folder ignoring(String... paths) {
    Predicate<String> result = ignored;
    for (String each : paths) {
      String path = DrivePath.folder(each);
      result = result.or(it -> it.equals(path) || it.startsWith(path + "/"));
    }
    return new Folder(path, recursive, result);
  }

  /// Without files whose path the predicate holds for.
  public Folder ignoring(Predicate<String> more) {
    return new Folder(path, recursive, ignored.or(more));
  }

  /// What the paths of the folder's files begin with.
  String prefix() {
    return DrivePath.folder(path) + "/";
  }
}
