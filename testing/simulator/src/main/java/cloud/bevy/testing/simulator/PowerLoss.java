package cloud.bevy.testing.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Decides what of the changes that were not synced is on the disk afterwards. A disk may have
/// written all, none, the first ones with the last one torn, or any of the sectors in any order.
final class PowerLoss {
  private static final int SECTOR = 512;

  private enum Fate {
    FORGOTTEN,
    KEPT,
    TORN,
    SCATTERED
  }

  private final SplittableRandom random;

  PowerLoss(SplittableRandom random) {
    this.random = random;
  }

  void settle(List<FileChange> changes, FileImage durable) {
    switch (fate()) {
      case FORGOTTEN -> {}
      case KEPT -> changes.forEach(change -> keep(change, durable));
      case TORN -> tear(changes, durable);
      case SCATTERED -> changes.forEach(change -> scatter(change, durable));
    }
  }

  /// Which of the changes to folders are on the disk afterwards.
  <T> List<T> survivors(List<T> changes) {
    return switch (fate()) {
      case FORGOTTEN -> List.of();
      case KEPT -> changes;
      case TORN -> changes.subList(0, random.nextInt(changes.size() + 1));
      case SCATTERED -> some(changes);
    };
  }

  private Fate fate() {
    return Fate.values()[random.nextInt(Fate.values().length)];
  }

  private <T> List<T> some(List<T> changes) {
    List<T> some = new ArrayList<>();
    for (T change : changes) {
      if (random.nextBoolean()) {
        some.add(change);
      }
    }
    return some;
  }

  private static void keep(FileChange change, FileImage durable) {
    switch (change) {
      case FileChange.Write write -> durable.write(write.bytes(), write.position());
      case FileChange.Cut cut -> durable.truncate(cut.size());
      case FileChange.Rights rights -> durable.executable(rights.executable());
    }
  }

  private void tear(List<FileChange> changes, FileImage durable) {
    int last = random.nextInt(changes.size() + 1);
    changes.subList(0, last).forEach(change -> keep(change, durable));
    if (last < changes.size() && changes.get(last) instanceof FileChange.Write write) {
      int torn = random.nextInt(write.bytes().length + 1);
      durable.write(write.bytes(), write.position(), 0, torn);
    }
  }

  private void scatter(FileChange change, FileImage durable) {
    switch (change) {
      case FileChange.Write write -> scatterSectors(write, durable);
      case FileChange.Cut cut -> {
        if (random.nextBoolean()) {
          durable.truncate(cut.size());
        }
      }
      case FileChange.Rights rights -> {
        if (random.nextBoolean()) {
          durable.executable(rights.executable());
        }
      }
    }
  }

  private void scatterSectors(FileChange.Write write, FileImage durable) {
    int length = write.bytes().length;
    int start = 0;
    while (start < length) {
      int toBoundary = SECTOR - (int) ((write.position() + start) % SECTOR);
      int stop = Math.min(length, start + toBoundary);
      if (random.nextBoolean()) {
        durable.write(write.bytes(), write.position(), start, stop);
      }
      start = stop;
    }
  }
}
