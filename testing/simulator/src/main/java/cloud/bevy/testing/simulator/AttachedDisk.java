package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskEntry;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.DiskFullException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
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
    PathWalk.End end = mode == Mode.CREATE ? disk.tree().look(path) : disk.tree().end(path);
    DiskNode found = end.node();
    if (found != null && mode == Mode.CREATE) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return switch (found) {
      case FileNode file -> file;
      case FolderNode folder ->
          throw new FileSystemException(path.toString(), null, "is a directory");
      case LinkNode link -> throw new FileSystemException(path.toString(), null, "is a link");
      case null -> create(path, end, mode);
    };
  }

  private FileNode create(Path path, PathWalk.End end, Mode mode) throws IOException {
    if (mode == Mode.READ) {
      throw new NoSuchFileException(path.toString());
    }
    FileNode file = new FileNode();
    disk.tree().link(end, file);
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
  public Optional<DiskEntry> look(Path path) throws IOException {
    world.pause();
    try {
      return there(path).map(AttachedDisk::entry);
    } catch (NotDirectoryException nothing) { // as the JDK has it
      return Optional.empty();
    }
  }

  /// What is at a path itself, if anything is.
  private Optional<DiskNode> there(Path path) throws IOException {
    try {
      return Optional.ofNullable(disk.tree().look(path).node());
    } catch (NoSuchFileException nothing) {
      return Optional.empty();
    }
  }

  private static DiskEntry entry(DiskNode node) {
    return switch (node) {
      case FileNode file -> new DiskEntry(DiskEntry.Kind.FILE, file.executable(), file.size());
      case FolderNode _ -> new DiskEntry(DiskEntry.Kind.FOLDER, false, 0);
      case LinkNode _ -> new DiskEntry(DiskEntry.Kind.LINK, false, 0);
    };
  }

  @Override
  public String readLink(Path link) throws IOException {
    world.pause();
    return switch (disk.tree().look(link).node()) {
      case LinkNode node -> node.target();
      case FileNode _, FolderNode _ -> throw new NotLinkException(link.toString());
      case null -> throw new NoSuchFileException(link.toString());
    };
  }

  @Override
  public void createLink(Path link, String target) throws IOException {
    begin(DiskCall.CREATE_LINK, link);
    PathWalk.End end = disk.tree().look(link);
    if (end.node() != null) {
      throw new FileAlreadyExistsException(link.toString());
    }
    if (target.isEmpty()) {
      throw new NoSuchFileException(link.toString());
    }
    try {
      disk.tree().link(end, new LinkNode(Path.of(target).toString()));
    } catch (InvalidPathException unknown) {
      throw new IOException(link + " cannot point to what is no path: " + unknown.getReason());
    }
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
    PathWalk.End end = disk.tree().look(path);
    if (end.node() == null) {
      disk.tree().link(end, new FolderNode());
    } else if (!isFolder(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    syncDirectory(above);
  }

  private boolean isFolder(Path path) {
    return disk.tree().find(path).orElse(null) instanceof FolderNode;
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    begin(DiskCall.RENAME, to);
    long replaced = disk.tree().look(from).equals(disk.tree().look(to)) ? 0 : size(to);
    disk.tree().rename(from, to);
    disk.grow(-replaced);
  }

  @Override
  public void delete(Path path) throws IOException {
    begin(DiskCall.DELETE, path);
    if (there(path).isPresent()) {
      long deleted = size(path);
      disk.tree().unlink(path);
      disk.grow(-deleted);
    }
  }

  private long size(Path path) throws IOException {
    return disk.tree().look(path).node() instanceof FileNode file ? file.size() : 0;
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
