package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Goes through a folder of the disk and all below, in the order of the bytes of the paths that a
/// drive would have. Links are not followed. Of each folder on the way the names are in memory.
final class DiskWalk {
  private final DiskFolder side;
  private final Disk disk;
  private final String top;
  private final Deque<PriorityQueue<Found>> levels = new ArrayDeque<>();

  /// @param top a folder of the drive; empty for all
  DiskWalk(DiskFolder side, String top) {
    this.side = side;
    this.disk = side.disk();
    this.top = top;
  }

  /// Something that is there.
  private record Found(String path, Path there, DiskEntry entry, byte[] order)
      implements Comparable<Found> {
    static Found of(String path, Path there, DiskEntry entry) {
      boolean folder = entry.is(DiskEntry.Kind.FOLDER);
      return new Found(path, there, entry, EntryView.key(folder ? path + "/" : path));
    }

    @Override
    public int compareTo(Found other) {
      return Arrays.compareUnsigned(order, other.order);
    }
  }

  Iterator<MirrorFile> files() throws IOException {
    Path start = side.root();
    if (!top.isEmpty()) {
      Optional<Path> below = new DiskPaths(start).resolve(top);
      if (below.isEmpty() || !new DiskWay(disk, start).isReal(below.get().resolve("file"))) {
        return Collections.emptyIterator();
      }
      start = below.get();
    } else if (!disk.isDirectory(start)) {
      return Collections.emptyIterator();
    }
    enter(top, start);
    return new Files();
  }

  private void enter(String path, Path folder) throws IOException {
    PriorityQueue<Found> level = new PriorityQueue<>();
    for (Path name : names(folder)) {
      Path there = folder.resolve(name);
      if (name.toString().equals(DiskPaths.PART)) {
        side.sweep(there); // left behind by a mirror that was cut off
        continue;
      }
      Optional<DiskEntry> entry = disk.look(there);
      entry.ifPresent(it -> level.add(Found.of(path + "/" + name, there, it)));
    }
    levels.addLast(level);
  }

  /// What was in the way of a file may be gone by now.
  private List<Path> names(Path folder) throws IOException {
    Optional<DiskEntry> entry = disk.look(folder);
    boolean there = folder.equals(side.root()) || entry.filter(DiskWalk::isFolder).isPresent();
    return there ? disk.list(folder) : List.of();
  }

  private static boolean isFolder(DiskEntry entry) {
    return entry.is(DiskEntry.Kind.FOLDER);
  }

  private @Nullable MirrorFile step() throws IOException {
    while (!levels.isEmpty()) {
      Found found = levels.getLast().poll();
      if (found == null) {
        levels.removeLast();
      } else if (isFolder(found.entry)) {
        enter(found.path, found.there);
      } else {
        return side.file(found.path, found.there, found.entry);
      }
    }
    return null;
  }

  private final class Files implements Iterator<MirrorFile> {
    private @Nullable MirrorFile next;

    @Override
    public boolean hasNext() {
      try {
        next = next == null ? step() : next;
        return next != null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public MirrorFile next() {
      MirrorFile file = Objects.requireNonNull(hasNext() ? next : null, "the folder ends here");
      next = null;
      return file;
    }
  }
}
