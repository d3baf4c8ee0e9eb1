package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The files a store has open for reading: those in use, and a bounded number of those that were
/// used last.
final class OpenFiles {
  private final Disk disk;
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Path, Use> open = new LinkedHashMap<>(16, 0.75f, true);

  /// Those that were forgotten while somebody used them.
  private final Set<Use> lingering = new HashSet<>();

  /// Those of which bytes were sent without a copy: for all we know the system is still sending
  /// them.
  private final Set<Path> lent = new HashSet<>();

  /// How many are being opened.
  private int opening;

  OpenFiles(Disk disk, int limit) {
    this.disk = disk;
    this.limit = limit;
  }

  /// A claim on an open file: it stays open until the claim is closed.
  final class Use implements AutoCloseable {
    private final Path path;
    private final DiskFile file;
    private int users = 1;
    private boolean forgotten;

    private Use(Path path, DiskFile file) {
      this.path = path;
      this.file = file;
    }

    DiskFile file() {
      return file;
    }

    /// The file, of which bytes are to be sent without a copy.
    DiskFile lend() {
      lock.lock();
      try {
        lent.add(path);
      } finally {
        lock.unlock();
      }
      return file;
    }

    @Override
    public void close() throws IOException {
      DiskFile unused = null;
      lock.lock();
      try {
        users--;
        if (users == 0 && forgotten) {
          lingering.remove(this);
          unused = file;
        }
      } finally {
        lock.unlock();
      }
      if (unused != null) {
        unused.close();
      }
    }
  }

  /// Opens a file for reading, or takes it where it is open.
  Use use(Path path) throws IOException {
    lock.lock();
    try {
      Use known = open.get(path);
      if (known != null) {
        known.users++;
        return known;
      }
      opening++;
    } finally {
      lock.unlock();
    }
    DiskFile file = null;
    try {
      file = disk.open(path, Disk.Mode.READ);
    } finally {
      if (file == null) {
        openingFailed();
      }
    }
    return enter(new Use(path, file));
  }

  /// Whether somebody may still read a file that can no longer be opened under this name, or has
  /// yet to receive bytes of it. Says yes also while any file is being opened.
  boolean mayBeRead(Path path) {
    lock.lock();
    try {
      return opening > 0
          || open.containsKey(path)
          || lent.contains(path)
          || lingering.stream().anyMatch(use -> use.path.equals(path));
    } finally {
      lock.unlock();
    }
  }

  /// Closes a file once nobody uses it.
  void forget(Path path) throws IOException {
    close(take(use -> use.path.equals(path), 1));
  }

  /// A file has gone, and its name will not come back.
  void gone(Path path) {
    lock.lock();
    try {
      lent.remove(path);
    } finally {
      lock.unlock();
    }
  }

  /// Closes all files that nobody uses.
  void rest() throws IOException {
    close(take(use -> use.users == 0, Integer.MAX_VALUE));
  }

  /// How many files are open.
  int count() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  private void openingFailed() {
    lock.lock();
    try {
      opening--;
    } finally {
      lock.unlock();
    }
  }

  private Use enter(Use mine) throws IOException {
    Use winner = mine;
    int surplus;
    lock.lock();
    try {
      opening--;
      Use theirs = open.putIfAbsent(mine.path, mine);
      if (theirs != null) {
        theirs.users++;
        winner = theirs;
      }
      surplus = open.size() - limit;
    } finally {
      lock.unlock();
    }
    if (winner != mine) {
      mine.file.close();
    }
    close(take(use -> use.users == 0, surplus));
    return winner;
  }

  private List<DiskFile> take(Predicate<Use> which, int most) {
    List<DiskFile> unused = new ArrayList<>();
    lock.lock();
    try {
      int taken = 0;
      for (Iterator<Use> all = open.values().iterator(); taken < most && all.hasNext(); ) {
        Use use = all.next();
        if (which.test(use)) {
          all.remove();
          taken++;
          use.forgotten = true;
          if (use.users == 0) {
            unused.add(use.file);
          } else {
            lingering.add(use);
          }
        }
      }
    } finally {
      lock.unlock();
    }
    return unused;
  }

  private static void close(List<DiskFile> files) throws IOException {
    for (DiskFile file : files) {
      file.close();
    }
  }
}
