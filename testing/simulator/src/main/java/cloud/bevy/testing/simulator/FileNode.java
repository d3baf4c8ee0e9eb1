package cloud.bevy.testing.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A file: its content as programs see it, its content after a crash, and what lies between.
final class FileNode implements DiskNode {
  private FileImage now = new FileImage();
  private final FileImage durable = new FileImage();
  private final List<FileChange> pending = new ArrayList<>();
  private long changes;
  private boolean linked = true;

  int size() {
    return now.size();
  }

  /// Whether the file has a name, and so takes room.
  boolean linked() {
    return linked;
  }

  void unlink() {
    linked = false;
  }

  /// The number of the last change.
  long changes() {
    return changes;
  }

  int read(ByteBuffer into, long position) {
    return now.read(into, position);
  }

  void write(byte[] bytes, long position) {
    now.write(bytes, position);
    pending.add(new FileChange.Write(++changes, position, bytes));
  }

  void truncate(long size) {
    now.truncate(size);
    pending.add(new FileChange.Cut(++changes, size));
  }

  boolean executable() {
    return now.executable();
  }

  void executable(boolean runs) {
    now.executable(runs);
    pending.add(new FileChange.Rights(++changes, runs));
  }

  /// Makes all changes up to a number durable.
  void sync(long upTo) {
    for (FileChange change : take(upTo)) {
      switch (change) {
        case FileChange.Write write -> durable.write(write.bytes(), write.position());
        case FileChange.Cut cut -> durable.truncate(cut.size());
        case FileChange.Rights rights -> durable.executable(rights.executable());
      }
    }
  }

  /// A sync that failed: what it was to make durable is durable or lost, and no later sync will try
  /// again, while programs still see it.
  void failSync(long upTo, PowerLoss loss) {
    loss.settle(take(upTo), durable);
  }

  void crash(PowerLoss loss) {
    loss.settle(take(changes), durable);
    now = durable.copy();
  }

  void flip(int position, int mask) {
    now.flip(position, mask);
    if (position < durable.size()) {
      durable.flip(position, mask);
    }
  }

  private List<FileChange> take(long upTo) {
    List<FileChange> taken = new ArrayList<>();
    for (FileChange change : pending) {
      if (change.number() <= upTo) {
        taken.add(change);
      }
    }
    pending.subList(0, taken.size()).clear();
    return taken;
  }
}
