package cloud.bevy.testing.simulator;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The names on a disk. A change to a folder is durable once the folder was synced; until then it
/// waits among the others, and a crash may undo it.
final class DiskTree {
  private static final Path TOP = Path.of("/");

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
    return TOP.resolve(path).normalize();
  }

  Optional<DiskNode> find(Path path) {
    DiskNode node = root;
    for (Path name : normal(path)) {
      if (!(node instanceof FolderNode folder)) {
        return Optional.empty();
      }
      DiskNode next = folder.now().get(name.toString());
      if (next == null) {
        return name.toString().isEmpty() ? Optional.of(root) : Optional.empty();
      }
      node = next;
    }
    return Optional.of(node);
  }

  FolderNode folder(Path path) throws IOException {
    DiskNode node = find(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    if (node instanceof FolderNode folder) {
      return folder;
    }
    throw new NotDirectoryException(path.toString());
  }

  void link(Path path, DiskNode node) throws IOException {
    change(List.of(new Entry(above(path), name(path), node)));
  }

  void unlink(Path path) throws IOException {
    DiskNode node = find(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    mayGo(path, node);
    change(List.of(new Entry(above(path), name(path), null)));
  }

  void rename(Path from, Path to) throws IOException {
    DiskNode node = find(from).orElseThrow(() -> new NoSuchFileException(from.toString()));
    if (normal(from).equals(normal(to))) {
      return;
    }
    Optional<DiskNode> replaced = find(to);
    if (replaced.isPresent()) {
      mayGo(to, replaced.get());
    }
    Entry left = new Entry(above(from), name(from), null);
    change(List.of(left, new Entry(above(to), name(to), node)));
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
      }
    }
  }

  private static void forget(FolderNode folder, PowerLoss loss) {
    folder.forget();
    for (DiskNode node : folder.now().values()) {
      switch (node) {
        case FileNode file -> file.crash(loss);
        case FolderNode below -> forget(below, loss);
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
      case FolderNode folder -> {
        if (!folder.now().isEmpty()) {
          throw new DirectoryNotEmptyException(path.toString());
        }
      }
    }
  }

  private FolderNode above(Path path) throws IOException {
    Path parent = normal(path).getParent();
    if (parent == null) {
      throw new IOException(path + " is the top of the disk");
    }
    return folder(parent);
  }

  private static String name(Path path) {
    return Objects.requireNonNull(normal(path).getFileName(), "checked by above()").toString();
  }
}
