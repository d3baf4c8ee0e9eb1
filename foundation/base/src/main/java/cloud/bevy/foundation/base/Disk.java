package cloud.bevy.foundation.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Files and folders. Methods block. What was written is safe only after [DiskFile#sync]; a file
/// that was created, renamed or deleted is safe only after [#syncDirectory] of its folder.
///
/// Errors are `IOException`s: `java.nio.file.NoSuchFileException` where the path does not exist,
/// `FileAlreadyExistsException` where it must not, [DiskFullException] where no space is left.
public interface Disk {
  /// How a file is opened.
  enum Mode {
    /// For reading; the file must exist.
    READ,
    /// For reading and writing; the file is created if it does not exist.
    WRITE,
    /// For reading and writing; the file must not exist.
    CREATE
  }

  /// Opens a file for access by position.
  DiskFile open(Path path, Mode mode) throws IOException;

  /// Whether a file or folder is there.
  boolean exists(Path path);

  /// Whether a folder is there.
  boolean isDirectory(Path path);

  /// What is at a path itself: the last name's link is not followed, those before it are.
  ///
  /// @return nothing where nothing is
  Optional<DiskEntry> look(Path path) throws IOException;

  /// Where a symbolic link points to, as it was made.
  ///
  /// @throws IOException also where there is something else
  String readLink(Path link) throws IOException;

  /// Creates a symbolic link. It may point to nothing.
  ///
  /// @throws IOException also where `target` is not a path that the system knows
  void createLink(Path link, String target) throws IOException;

  /// The names of what is in a folder, sorted by name.
  List<Path> list(Path directory) throws IOException;

  /// Creates a folder and those above it, for their owner alone, and makes them durable.
  void createDirectories(Path directory) throws IOException;

  /// Renames a file in one step, replacing `to` if it is there.
  void rename(Path from, Path to) throws IOException;

  /// Deletes a file or an empty folder. Nothing happens if it is not there.
  void delete(Path path) throws IOException;

  /// Makes what was created, renamed and deleted in a folder durable.
  void syncDirectory(Path directory) throws IOException;

  /// How many bytes may still be written to the disk that holds `path`.
  long freeSpace(Path path) throws IOException;

  /// Takes the lock that a file stands for, for this process. The file is created if it is not
  /// there, and must not be opened while the lock is held: on POSIX, closing it again would give
  /// the lock away. Who holds it is written into another file.
  ///
  /// @return the lock, or nothing where another process (or this one) holds it
  Optional<DiskLock> tryLock(Path path) throws IOException;

  /// Reads a small file whole.
  ///
  /// @throws IOException also where the file is larger than `limit` bytes
  default byte[] read(Path path, int limit) throws IOException {
    try (DiskFile file = open(path, Mode.READ)) {
      long size = file.size();
      if (size > limit) {
        throw new IOException(path + " has " + size + " bytes, more than the limit of " + limit);
      }
      byte[] bytes = new byte[(int) size];
      file.readFully(ByteBuffer.wrap(bytes), 0);
      return bytes;
    }
  }

  /// Writes a small file so that after a crash either the old or the new content is there, and the
  /// new one once this method has returned.
  default void replace(Path path, byte[] content) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    delete(next);
    try (DiskFile file = open(next, Mode.CREATE)) {
      file.write(ByteBuffer.wrap(content), 0);
      file.sync();
    }
    rename(next, path);
    syncDirectory(Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file has a folder"));
  }

  /// A lock that is held until it is closed or the process ends.
  interface DiskLock extends AutoCloseable {
    @Override
    void close();
  }
}
