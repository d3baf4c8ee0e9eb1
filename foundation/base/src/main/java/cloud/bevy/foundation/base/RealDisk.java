package cloud.bevy.foundation.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The file systems of the machine.
final class RealDisk implements Disk {
  /// The locks of this process. A POSIX lock belongs to the process, and is lost when the process
  /// closes any descriptor of the file, so a second attempt must not even open it. Therefore this
  /// is, against the rule, static: the state it mirrors is the process's own.
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  @Override
  public DiskFile open(Path path, Mode mode) throws IOException {
    OpenOption[] options =
        switch (mode) {
          case READ -> new OpenOption[] {StandardOpenOption.READ};
          case WRITE ->
              new OpenOption[] {
                StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE
              };
          case CREATE ->
              new OpenOption[] {
                StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW
              };
        };
    try {
      return new RealDiskFile(path, FileChannel.open(path, options), mode != Mode.READ);
    } catch (IOException failure) {
      throw FullDisk.recognise(failure, path, 1);
    }
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public boolean isDirectory(Path path) {
    return Files.isDirectory(path);
  }

  @Override
  public Optional<DiskEntry> look(Path path) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean file = found.isRegularFile();
      return Optional.of(
          new DiskEntry(
              kind(found), file && RealPermissions.executable(path), file ? found.size() : 0));
    } catch (NoSuchFileException nothing) {
      return Optional.empty();
    }
  }

  private static DiskEntry.Kind kind(BasicFileAttributes found) {
    if (found.isSymbolicLink()) {
      return DiskEntry.Kind.LINK;
    }
    if (found.isDirectory()) {
      return DiskEntry.Kind.FOLDER;
    }
    return found.isRegularFile() ? DiskEntry.Kind.FILE : DiskEntry.Kind.OTHER;
  }

  @Override
  public String readLink(Path link) throws IOException {
    return Files.readSymbolicLink(link).toString();
  }

  @Override
  public void createLink(Path link, String target) throws IOException {
    try {
      Files.createSymbolicLink(link, Path.of(target));
    } catch (InvalidPathException unknown) {
      throw new IOException(link + " cannot point to what is no path: " + unknown.getReason());
    } catch (IOException failure) {
      throw FullDisk.recognise(failure, link, 1);
    }
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(directory.relativize(entry));
      }
    }
    Collections.sort(names);
    return List.copyOf(names);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      return;
    }
    @Nullable Path above = absolute.getParent();
    if (above == null) {
      return;
    }
    createDirectories(above);
    try {
      Files.createDirectory(absolute, RealPermissions.forOwnerAlone(above));
    } catch (FileAlreadyExistsException exists) {
      if (!Files.isDirectory(absolute)) {
        throw exists;
      }
    } catch (IOException failure) {
      throw FullDisk.recognise(failure, absolute, 1);
    }
    syncDirectory(above);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw FullDisk.recognise(failure, to, 1);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public long freeSpace(Path path) throws IOException {
    return Files.getFileStore(path).getUsableSpace();
  }

  @Override
  public Optional<DiskLock> tryLock(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (!LOCKED.add(absolute)) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      Optional<DiskLock> lock = lockFile(absolute);
      taken = lock.isPresent();
      return lock;
    } finally {
      if (!taken) {
        LOCKED.remove(absolute);
      }
    }
  }

  private static Optional<DiskLock> lockFile(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
      return lock == null ? Optional.empty() : Optional.of(() -> unlock(path, channel));
    } catch (OverlappingFileLockException held) {
      return Optional.empty();
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static void unlock(Path path, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // The descriptor is gone either way, and the lock with it.
    }
    LOCKED.remove(path);
  }
}
