package cloud.bevy.foundation.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Tells a full disk from other failures: the JDK gives only the system's message, which may be in
/// the user's language, so a disk without room for what was to be written counts as full too.
final class FullDisk {
  private FullDisk() {}

  static IOException recognise(IOException failure, Path path, long wanted) {
    if (failure instanceof DiskFullException || failure.getMessage() == null) {
      return failure;
    }
    boolean full = saysSo(failure.getMessage()) || hasNoRoom(path, wanted);
    String message = path + ": no space left on the disk for " + wanted + " more bytes";
    return full ? new DiskFullException(message, failure) : failure;
  }

  private static boolean saysSo(String message) {
    return message.contains("No space left on device") || message.contains("quota exceeded");
  }

  private static boolean hasNoRoom(Path path, long wanted) {
    @Nullable Path folder = path.toAbsolutePath().getParent();
    try {
      return folder != null && Files.getFileStore(folder).getUsableSpace() < wanted;
    } catch (IOException unknown) {
      return false;
    }
  }
}
