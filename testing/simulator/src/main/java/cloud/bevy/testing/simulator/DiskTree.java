package cloud.bevy.testing.simulator;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The names on a disk. A change to a folder is durable once the folder was synced; until then it
/// waits among the others, and a crash may undo it.
final class DiskTree {
  private final FolderNode root = new FolderNode();
  private final List<Change> pending = new ArrayList<>();

  /// Entries that are set or removed in one step.
  private record Change(List<Entry> entries) {
    boolean touches(Set<FolderNode> folders) {
      return entries.stream().anyMatch(entry -> folders.contains(entry.folder()));
    }
  }

  private record Entry(FolderNode folder, String name, @Nullable DiskNode node) {}

  static Path normal(Path path) {
    return PathWalk.normal(path);
  }

  /// What a path leads to, through all links; nothing where it leads nowhere.
  Optional<DiskNode> find(Path path) {
    try {
      return Optional.ofNullable(end(path).node());
    } catch (IOException nowhere) {
      return Optional.empty();
    }
  }

  /// Where a path leads to, through all links.
  PathWalk.End end(Path path) throws IOException {
    return PathWalk.walk(root, path, true);
  }

  /// Where a path leads to, a link at its end being itself.
  PathWalk.End look(Path path) throws IOException {
    return PathWalk.walk(root, path, false);
  }

  FolderNode folder(Path path) throws IOException {
    return switch (end(path).node()) {
      case FolderNode folder -> folder;
      case FileNode file -> throw new NotDirectoryException(path.toString());
      case LinkNode link -> throw new NotDirectoryException(path.toString());
      case null -> throw new NoSuchFileException(path.toString());
    };
  }

  /// Gives a node a name that is free.
  void link(PathWalk.End end, DiskNode node) {
    change(List.of(new Entry(end.folder(), end.name(), node)));
  }

  void unlink(Path path) throws IOException {
    PathWalk.End end = look(path);
    mayGo(path, node(path, end));
    change(List.of(new Entry(end.folder(), end.name(), null)));
  }

  void rename(Path from, Path to) throws IOException {
    PathWalk.End left = look(from);
    DiskNode node = node(from, left);
    PathWalk.End entered = look(to);
    if (left.equals(entered)) {
      return;
    }
    DiskNode replaced = entered.node();
    if (replaced != null) {
      mayGo(to, replaced);
    }
    change(
        List.of(
            new Entry(left.folder(), left.name(), null),
            new Entry(entered.folder(), entered.name(), node)));
  }

  private static DiskNode node(Path path, PathWalk.End end) throws IOException {
    if (end.name().isEmpty()) {
      throw new IOException(path + " is the top of the disk");
    }
    DiskNode node = end.node();
    if (node == null) {
      throw new NoSuchFileException(path.toString());
    }
    return node;
  }

  /// Makes what was changed in a folder durable, and what it follows from: a file that was moved
  /// here from another folder has left that one.
  void sync(FolderNode folder) {
    Set<FolderNode> folders = new HashSet<>(List.of(folder));
    List<Change> synced = new ArrayList<>();
    for (Change change : pending.reversed()) {
      if (change.touches(folders)) {
        synced.addFirst(change);
        change.entries().forEach(entry -> folders.add(entry.folder()));
      }
    }
    synced.forEach(DiskTree::makeDurable);
    pending.removeAll(synced);
  }

  void crash(PowerLoss loss) {
    loss.survivors(List.copyOf(pending)).forEach(DiskTree::makeDurable);
    pending.clear();
    forget(root, loss);
  }

  /// Calls back for each file that has a name.
  void files(Consumer<FileNode> each) {
    files(root, each);
  }

  private static void files(FolderNode folder, Consumer<FileNode> each) {
    for (DiskNode node : folder.now().values()) {
      switch (node) {
        case FileNode file -> each.accept(file);
        case FolderNode below -> files(below, each);
        case LinkNode link -> {}
      }
    }
  }

  private static void forget(FolderNode folder, PowerLoss loss) {
    folder.forget();
    for (DiskNode node : folder.now().values()) {
      switch (node) {
        case FileNode file -> file.crash(loss);
        case FolderNode below -> forget(below, loss);
        case LinkNode link -> {}
      }
    }
  }

  private void change(List<Entry> entries) {
    for (Entry entry : entries) {
      FolderNode.set(entry.folder().now(), entry.name(), entry.node());
    }
    pending.add(new Change(entries));
  }

  private static void makeDurable(Change change) {
    for (Entry entry : change.entries()) {
      FolderNode.set(entry.folder().durable(), entry.name(), entry.node());
    }
  }

  private static void mayGo(Path path, DiskNode node) throws IOException {
    switch (node) {
      case FileNode file -> file.unlink();
      case LinkNode link -> {}
      case FolderNode folder -> {
        if (!folder.now().isEmpty()) {
          throw new DirectoryNotEmptyException(path.toString());
        }
      }
    }
  }
}
