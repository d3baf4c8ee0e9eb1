package cloud.bevy.foundation.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Who may do what with a file, where the file system knows of it.
final class RealPermissions {
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private RealPermissions() {}

  /// What a program keeps is its owner's business; file systems without such rights have their own.
  static FileAttribute<?>[] forOwnerAlone(Path above) throws IOException {
    boolean posix = Files.getFileStore(above).supportsFileAttributeView("posix");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
        : new FileAttribute<?>[0];
  }

  /// Whether a file's owner may run it.
  static boolean executable(Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
  }

  /// Lets all run a file who may read it, or nobody.
  static void executable(Path file, boolean runs) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> before = view.readAttributes().permissions();
    Set<PosixFilePermission> after = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission each : before) {
      switch (each) {
        case OWNER_READ -> add(after, each, runs, PosixFilePermission.OWNER_EXECUTE);
        case GROUP_READ -> add(after, each, runs, PosixFilePermission.GROUP_EXECUTE);
        case OTHERS_READ -> add(after, each, runs, PosixFilePermission.OTHERS_EXECUTE);
        case OWNER_EXECUTE, GROUP_EXECUTE, OTHERS_EXECUTE -> {}
        case OWNER_WRITE, GROUP_WRITE, OTHERS_WRITE -> after.add(each);
      }
    }
    if (!after.equals(before)) {
      view.setPermissions(after);
    }
  }

  private static void add(
      Set<PosixFilePermission> to,
      PosixFilePermission read,
      boolean runs,
      PosixFilePermission run) {
    to.add(read);
    if (runs) {
      to.add(run);
    }
  }
}
