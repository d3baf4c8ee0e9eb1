package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.DiskFullException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A simulated disk as the programs of one world see it. Every call is a point where another task
/// may go first; a sync takes simulated time, in which others may write.
final class AttachedDisk implements Disk {
  private static final int USUAL_SYNC_NANOS = 2_000_000;
  private static final int SLOW_SYNC_NANOS = 200_000_000;
  private static final int SLOW_SYNC_ONE_IN = 64;

  private final SimulatedWorld world;
  private final SimulatedDisk disk;
  private final Set<Path> locks = new HashSet<>();

  AttachedDisk(SimulatedWorld world, SimulatedDisk disk) {
    this.world = world;
    this.disk = disk;
  }

  @Override
  public DiskFile open(Path path, Mode mode) throws IOException {
    boolean creates = mode != Mode.READ && disk.tree().find(path).isEmpty();
    fail(failure(DiskCall.OPEN, path, creates), path);
    return new AttachedFile(this, path, node(path, mode), mode != Mode.READ);
  }

  private FileNode node(Path path, Mode mode) throws IOException {
    DiskNode found = disk.tree().find(path).orElse(null);
    if (found != null && mode == Mode.CREATE) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return switch (found) {
      case FileNode file -> file;
      case FolderNode folder ->
          throw new FileSystemException(path.toString(), null, "is a directory");
      case null -> create(path, mode);
    };
  }

  private FileNode create(Path path, Mode mode) throws IOException {
    if (mode == Mode.READ) {
      throw new NoSuchFileException(path.toString());
    }
    FileNode file = new FileNode();
    disk.tree().link(path, file);
    return file;
  }

  @Override
  public boolean exists(Path path) {
    world.pause();
    return disk.tree().find(path).isPresent();
  }

  @Override
  public boolean isDirectory(Path path) {
    world.pause();
    return disk.tree().find(path).orElse(null) instanceof FolderNode;
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    begin(DiskCall.LIST, directory);
    List<Path> names = new ArrayList<>();
    for (String name : disk.tree().folder(directory).now().keySet()) {
      names.add(Path.of(name));
    }
    return List.copyOf(names);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    Path path = DiskTree.normal(directory);
    @Nullable Path above = path.getParent();
    if (above == null || isFolder(path)) {
      return;
    }
    createDirectories(above);
    begin(DiskCall.CREATE_DIRECTORY, path);
    if (!isFolder(path)) {
      disk.tree().link(path, new FolderNode());
    }
    syncDirectory(above);
  }

  private boolean isFolder(Path path) throws IOException {
    return switch (disk.tree().find(path).orElse(null)) {
      case FolderNode folder -> true;
      case FileNode file -> throw new NotDirectoryException(path.toString());
      case null -> false;
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    begin(DiskCall.RENAME, to);
    long replaced = DiskTree.normal(from).equals(DiskTree.normal(to)) ? 0 : size(to);
    disk.tree().rename(from, to);
    disk.grow(-replaced);
  }

  @Override
  public void delete(Path path) throws IOException {
    begin(DiskCall.DELETE, path);
    if (disk.tree().find(path).isPresent()) {
      long deleted = size(path);
      disk.tree().unlink(path);
      disk.grow(-deleted);
    }
  }

  private long size(Path path) {
    return disk.tree().find(path).orElse(null) instanceof FileNode file ? file.size() : 0;
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    begin(DiskCall.SYNC_DIRECTORY, directory);
    FolderNode folder = disk.tree().folder(directory);
    takeSyncTime();
    if (!disk.pretends(DiskCall.SYNC_DIRECTORY)) {
      disk.tree().sync(folder);
    }
  }

  @Override
  public long freeSpace(Path path) throws IOException {
    world.pause();
    return disk.free();
  }

  @Override
  public Optional<DiskLock> tryLock(Path path) throws IOException {
    begin(DiskCall.LOCK, path);
    Path normal = DiskTree.normal(path);
    var _ = node(path, Mode.WRITE);
    return locks.add(normal) ? Optional.of(() -> locks.remove(normal)) : Optional.empty();
  }

  /// Begins a call that fails whole or not at all.
  void begin(DiskCall call, Path path) throws IOException {
    fail(failure(call, path), path);
  }

  private static void fail(@Nullable DiskFailure failure, Path path) throws IOException {
    if (failure != null) {
      throw exception(failure, path);
    }
  }

  /// Begins a call; where the power is cut, nobody returns from it.
  ///
  /// @return how it is to fail, or nothing
  @Nullable DiskFailure failure(DiskCall call, Path path) {
    return failure(call, path, call.takesRoom());
  }

  private @Nullable DiskFailure failure(DiskCall call, Path path, boolean takesRoom) {
    world.pause();
    world.scheduler().note(call.name(), path.toString(), disk.calls(), 0);
    DiskFailure failure = disk.call(call, takesRoom);
    world.enter();
    return failure;
  }

  static IOException exception(DiskFailure failure, Path path) {
    return switch (failure) {
      case INPUT_OUTPUT_ERROR -> new IOException(path + ": Input/output error");
      case DISK_FULL -> new DiskFullException(path + ": no space left on the disk");
      case POWER_CUT -> throw new IllegalStateException("a machine without power goes on");
    };
  }

  void takeSyncTime() {
    boolean slow = disk.random().nextInt(SLOW_SYNC_ONE_IN) == 0;
    world.take(1 + disk.random().nextInt(slow ? SLOW_SYNC_NANOS : USUAL_SYNC_NANOS));
  }

  SimulatedWorld world() {
    return world;
  }

  SimulatedDisk disk() {
    return disk;
  }
}
