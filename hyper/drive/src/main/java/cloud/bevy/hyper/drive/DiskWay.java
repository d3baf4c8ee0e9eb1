package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The way from a folder of the disk to a file in it: real folders only. Whatever else is in the
/// way is taken away, or not.
final class DiskWay {
  private final Disk disk;
  private final Path root;
  private final boolean clears;
  private final @Nullable MirrorTree source;
  private Path last;

  DiskWay(Disk disk, Path root) {
    this(disk, root, false, null);
  }

  private DiskWay(Disk disk, Path root, boolean clears, @Nullable MirrorTree source) {
    this.disk = disk;
    this.root = root;
    this.clears = clears;
    this.source = source;
    this.last = root;
  }

  /// The same, to be opened.
  ///
  /// @param from what has a file itself where there should be a folder is not taken away
  DiskWay clearing(boolean clearing, MirrorTree from) {
    return new DiskWay(disk, root, clearing, from);
  }

  /// Whether all folders on the way are there and no links.
  boolean isReal(Path there) throws IOException {
    for (Path folder : folders(there)) {
      Optional<DiskEntry> entry = disk.look(folder);
      if (entry.isEmpty() || !entry.get().is(DiskEntry.Kind.FOLDER)) {
        return false;
      }
    }
    return true;
  }

  /// Makes the folders on the way that are missing. Those of the last way are known to be there.
  void open(String path, Path there) throws IOException, MirrorTree.RefusedException {
    String at = "";
    for (Path folder : folders(there)) {
      at = path.substring(0, path.indexOf('/', at.length() + 1));
      if (!last.startsWith(folder)) {
        open(folder, at);
      }
    }
    last = Objects.requireNonNull(there.getParent(), "a file in the folder has one above it");
  }

  /// The folders between the root and a file, from the root on, neither included.
  private List<Path> folders(Path there) {
    List<Path> folders = new ArrayList<>();
    Path folder = Objects.requireNonNull(there.getParent(), "a file in the folder has one above");
    while (folder.getNameCount() > root.getNameCount()) {
      folders.addFirst(folder);
      folder = Objects.requireNonNull(folder.getParent(), "the root is above");
    }
    return folders;
  }

  private void open(Path folder, String path) throws IOException, MirrorTree.RefusedException {
    Optional<DiskEntry> entry = disk.look(folder);
    if (entry.isPresent() && entry.get().is(DiskEntry.Kind.FOLDER)) {
      return;
    }
    if (source != null && source.find(path).isPresent()) {
      throw new MirrorTree.RefusedException("a file is where its folder would be");
    }
    if (entry.isPresent()) {
      if (!clears || entry.get().is(DiskEntry.Kind.OTHER)) {
        throw new MirrorTree.RefusedException("something is where its folder would be");
      }
      disk.delete(folder);
    }
    disk.createDirectories(folder);
  }

  /// Deletes a folder and all that is in it; of links only the links.
  void deleteAll(Path folder) throws IOException {
    for (Path name : disk.list(folder)) {
      Path each = folder.resolve(name);
      Optional<DiskEntry> entry = disk.look(each);
      if (entry.isPresent() && entry.get().is(DiskEntry.Kind.FOLDER)) {
        deleteAll(each);
      } else {
        disk.delete(each);
      }
    }
    disk.delete(folder);
    last = root;
  }
}
