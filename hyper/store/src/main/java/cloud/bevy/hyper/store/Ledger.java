package cloud.bevy.hyper.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The books on segments: how many bytes each has, and how much of it can still be read. Guarded by
/// the store's lock.
final class Ledger {
  /// A sealed segment.
  static final class Sealed {
    final int number;
    final long bytes;
    final long indexAt;
    long live;
    int runs;

    /// What was live when it was found that large blocks keep it from being reclaimed.
    long parkedAt = Long.MAX_VALUE;

    Sealed(int number, long bytes, long indexAt) {
      this.number = number;
      this.bytes = bytes;
      this.indexAt = indexAt;
    }
  }

  private final SortedMap<Integer, Sealed> sealed = new TreeMap<>();
  private long activeLive;
  private int activeEntries;
  private long dead;
  private long changes;

  void activeChanged(long bytes, int entries) {
    activeLive += bytes;
    activeEntries += entries;
  }

  int activeEntries() {
    return activeEntries;
  }

  /// Enters a sealed segment into the books, nothing of which is live yet.
  void add(Sealed segment) {
    sealed.put(segment.number, segment);
    dead += segment.bytes;
  }

  /// The active segment was sealed, and its entries became runs.
  void activeSealed() {
    activeLive = 0;
    activeEntries = 0;
  }

  /// Starts over.
  void clear() {
    sealed.clear();
    dead = 0;
    activeSealed();
  }

  /// Takes a segment to which nothing refers out of the books.
  void forget(Sealed segment) {
    sealed.remove(segment.number);
    dead -= segment.bytes;
  }

  void retain(Run run) {
    Sealed segment = sealed.get(run.segment());
    if (segment != null) {
      segment.live += run.bytes();
      dead -= segment.runs == 0 ? segment.bytes : 0;
      segment.runs++;
    }
  }

  void release(Run run) {
    Sealed segment = sealed.get(run.segment());
    if (segment != null) {
      changes++;
      segment.live -= run.bytes();
      segment.runs--;
      dead += segment.runs == 0 ? segment.bytes : 0;
    }
  }

  /// A sealed segment, if it is in the books.
  @Nullable Sealed find(int segment) {
    return sealed.get(segment);
  }

  /// The sealed segments, oldest first.
  List<Sealed> sealed() {
    return new ArrayList<>(sealed.values());
  }

  /// How often something in a sealed segment died.
  long changes() {
    return changes;
  }

  int count() {
    return sealed.size();
  }

  long sealedBytes() {
    return sealed.values().stream().mapToLong(segment -> segment.bytes).sum();
  }

  long liveBytes() {
    return activeLive + sealed.values().stream().mapToLong(segment -> segment.live).sum();
  }

  /// The bytes in sealed segments that nothing refers to.
  long deadBytes() {
    return dead;
  }
}
