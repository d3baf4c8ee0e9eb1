package cloud.bevy.testing.simulator;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way from the top of a disk to a name, through links, as POSIX goes it.
final class PathWalk {
  /// As on Linux.
  private static final int MOST_LINKS = 40;

  private static final Path TOP = Path.of("/");

  private final Path path;
  private final boolean follow;
  private final List<FolderNode> folders = new ArrayList<>();
  private final Deque<String> names = new ArrayDeque<>();
  private int links;

  private PathWalk(FolderNode root, Path path, boolean follow) {
    this.path = path;
    this.follow = follow;
    folders.add(root);
    push(normal(path));
  }

  /// Where a path ends: a name in a folder, or a folder itself where there is no name.
  record End(FolderNode folder, String name) {
    @Nullable DiskNode node() {
      return name.isEmpty() ? folder : folder.now().get(name);
    }
  }

  static Path normal(Path path) {
    return TOP.resolve(path).normalize();
  }

  /// @param follow whether a link at the end is followed
  /// @throws NoSuchFileException where a folder on the way is missing
  static End walk(FolderNode root, Path path, boolean follow) throws IOException {
    return new PathWalk(root, path, follow).walk();
  }

  private End walk() throws IOException {
    while (!names.isEmpty()) {
      String name = names.removeFirst();
      if (name.equals("..")) {
        if (folders.size() > 1) {
          folders.removeLast();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        DiskNode node = folders.getLast().now().get(name);
        boolean last = names.isEmpty();
        if (last && !(follow && node instanceof LinkNode)) {
          return new End(folders.getLast(), name);
        }
        enter(node);
      }
    }
    return new End(folders.getLast(), "");
  }

  private void enter(@Nullable DiskNode node) throws IOException {
    switch (node) {
      case FolderNode folder -> folders.add(folder);
      case LinkNode link -> follow(link);
      case FileNode file -> throw new NotDirectoryException(path.toString());
      case null -> throw new NoSuchFileException(path.toString());
    }
  }

  private void follow(LinkNode link) throws IOException {
    if (++links > MOST_LINKS) {
      throw new FileSystemLoopException(path.toString());
    }
    Path target = Path.of(link.target());
    if (target.isAbsolute()) {
      folders.subList(1, folders.size()).clear();
    }
    push(target);
  }

  private void push(Path next) {
    for (int i = next.getNameCount() - 1; i >= 0; i--) {
      names.addFirst(next.getName(i).toString());
    }
  }
}
