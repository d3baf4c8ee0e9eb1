package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Segments that nothing refers to any more, kept to be written over: what has its place on the
/// disk already is made durable in two thirds of the time of what has not. They are few, each of
/// about a segment's size, and such that nobody reads any more.
///
/// They are known only to the process that kept them. What another left is deleted: a crash may
/// have undone its new name after groups had been written to it.
final class Spares {
  /// How many are kept.
  static final int MOST = 4;

  private final Ground ground;

  /// The names that are free, and those of what is kept. Guarded by the store's lock.
  private final Deque<Path> free = new ArrayDeque<>();

  private final Deque<Path> kept = new ArrayDeque<>();

  Spares(Ground ground) {
    this.ground = ground;
    for (int number = 1; number <= MOST; number++) {
      free.add(ground.layout.spare(number));
    }
  }

  /// What is there from before.
  List<Path> leftOver() {
    List<Path> found = new ArrayList<>();
    for (int number = 1; number <= MOST; number++) {
      Path spare = ground.layout.spare(number);
      if (ground.disk().exists(spare)) {
        found.add(spare);
      }
    }
    return found;
  }

  /// Takes a segment's file, of which the last checkpoint knows nothing.
  ///
  /// @return whether it was taken, or has gone
  boolean keep(Path file) throws IOException {
    Path spare = fits(file) ? take(free) : null;
    if (spare == null) {
      return false;
    }
    boolean keeps = false;
    try {
      ground.disk().rename(file, spare);
      keeps = !ground.files.mayBeRead(file);
      if (!keeps) {
        ground.disk().delete(spare); // who reads it reads on
      }
    } finally {
      put(keeps ? kept : free, spare);
    }
    return true;
  }

  /// Gives one another name, under which it is to be written over.
  ///
  /// @return nothing has changed where false
  boolean give(Path name) throws IOException {
    Path spare = take(kept);
    if (spare == null) {
      return false;
    }
    try {
      ground.disk().rename(spare, name);
    } finally {
      put(free, spare);
    }
    return true;
  }

  /// Deletes all.
  ///
  /// @return whether there were any
  boolean delete() throws IOException {
    boolean any = false;
    for (Path spare = take(kept); spare != null; spare = take(kept)) {
      any = true;
      try {
        ground.disk().delete(spare);
      } finally {
        put(free, spare);
      }
    }
    return any;
  }

  private boolean fits(Path file) throws IOException {
    long segment = ground.limits.segmentBytes();
    long size = ground.disk().look(file).map(DiskEntry::size).orElse(0L);
    return Layout.number(file, Layout.SEGMENT_SUFFIX) > 0
        && size >= segment / 2
        && size <= 2 * segment;
  }

  private @Nullable Path take(Deque<Path> from) {
    ground.lock.lock();
    try {
      return from.poll();
    } finally {
      ground.lock.unlock();
    }
  }

  private void put(Deque<Path> into, Path spare) {
    ground.lock.lock();
    try {
      into.add(spare);
    } finally {
      ground.lock.unlock();
    }
  }
}
