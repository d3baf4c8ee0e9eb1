package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.replication.Message.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// What a peer was told that is here, and what it is still to be told: nothing that is not durable,
/// and nothing that cannot be served. Bounded, whatever happens before the peer reads. Safe for use
/// by several tasks at once, with a lock of its own: the store's writer comes here.
final class Announcements {
  /// How many blocks from the core's end are announced to a peer that has not asked.
  static final int RECENT = 256;

  /// The most separate ranges that wait to be told. What goes beyond is told when it is asked for.
  static final int MOST = 4096;

  private final TreeMap<Long, Long> stored = new TreeMap<>();
  private final TreeMap<Long, Long> dropped = new TreeMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private long toldContiguous;
  private long toldLength;

  /// Blocks have become durable.
  void stored(long from, long to) {
    lock.lock();
    try {
      merge(stored, from, to);
    } finally {
      lock.unlock();
    }
  }

  /// Blocks were forgotten.
  void cleared(long from, long to) {
    lock.lock();
    try {
      merge(dropped, from, to);
      toldContiguous = Math.min(toldContiguous, from);
    } finally {
      lock.unlock();
    }
  }

  /// The core was cut.
  void truncated(long from) {
    lock.lock();
    try {
      if (from < toldLength) {
        merge(dropped, from, toldLength);
      }
      stored.clear();
      toldLength = Math.min(toldLength, from);
      toldContiguous = Math.min(toldContiguous, from);
    } finally {
      lock.unlock();
    }
  }

  /// What is not here any more.
  List<Message> drops() {
    lock.lock();
    try {
      List<Message> drops = new ArrayList<>();
      dropped.forEach((from, to) -> drops.add(new Range(true, from, to - from)));
      dropped.clear();
      return drops;
    } finally {
      lock.unlock();
    }
  }

  /// What is new here.
  ///
  /// @param contiguous how many of the first blocks are here without a gap
  /// @param length of the durable core
  List<Message> news(long contiguous, long length, RemoteWants wants, Presence theirs) {
    lock.lock();
    try {
      List<Message> news = new ArrayList<>();
      boolean complete = contiguous == length;
      boolean first = toldLength == 0 && toldContiguous == 0;
      boolean further = contiguous > toldContiguous;
      if (further && (complete || first || wanted(contiguous, length, wants, theirs))) {
        news.add(new Range(false, 0, contiguous));
        toldContiguous = contiguous;
      }
      for (Map.Entry<Long, Long> range : stored.entrySet()) {
        long from = Math.max(range.getKey(), toldContiguous);
        long to = Math.min(range.getValue(), length);
        boolean useful = from < to && theirs.contiguous() < to;
        if (useful && from >= contiguous && (recent(from, length) || wants.wants(from, to))) {
          news.add(new Range(false, from, to - from));
        }
      }
      stored.clear();
      toldLength = Math.max(toldLength, length);
      return news;
    } finally {
      lock.unlock();
    }
  }

  private boolean wanted(long contiguous, long length, RemoteWants wants, Presence theirs) {
    return theirs.contiguous() < contiguous
        && (recent(contiguous - 1, length) || wants.wants(toldContiguous, contiguous));
  }

  private static boolean recent(long block, long length) {
    return block + RECENT >= length;
  }

  private static void merge(NavigableMap<Long, Long> ranges, long from, long to) {
    Map.Entry<Long, Long> before = ranges.floorEntry(from);
    if (before != null && before.getValue() >= from) {
      ranges.put(before.getKey(), Math.max(to, before.getValue()));
    } else if (ranges.size() < MOST) {
      ranges.put(from, to);
    }
  }
}
