package cloud.bevy.hyper.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Of which blocks a peer wants to be told whether we have them: npm hypercore's `lib/wants.js`.
/// Bounded: a peer that wants more than it may, or ranges of odd sizes, is told about all.
final class RemoteWants {
  /// The longest range, in blocks. A longer one is ignored.
  static final long LONGEST = 1 << 21;

  /// The shortest range, in blocks.
  static final long SHORTEST = 32;

  /// The most ranges.
  static final int MOST = 512;

  /// The most sizes that ranges may have.
  static final int MOST_SIZES = 4;

  /// The most ranges of which any block is enough.
  static final int MOST_ANY = 16;

  private final Map<Long, Set<Long>> starts = new HashMap<>();
  private final List<Message.Want> any = new ArrayList<>();
  private int size;
  private boolean all;

  /// Notes a want.
  ///
  /// @return whether it is to be answered
  boolean add(Message.Want want) {
    if (want.any()) {
      addAny(want);
      return true;
    }
    if (want.length() > LONGEST) {
      return false;
    }
    if (!proper(want.start(), want.length()) || size >= MOST || !sizeFits(want.length())) {
      all = true;
      return true;
    }
    if (starts.computeIfAbsent(want.length(), _ -> new HashSet<>()).add(want.start())) {
      size++;
    }
    return true;
  }

  private void addAny(Message.Want want) {
    if (any.size() < MOST_ANY) {
      any.add(want);
    } else {
      all = true;
    }
  }

  private boolean sizeFits(long length) {
    return starts.containsKey(length) || starts.size() < MOST_SIZES;
  }

  /// Takes a want back.
  void remove(Message.Unwant unwant) {
    if (unwant.any()) {
      any.remove(new Message.Want(unwant.start(), unwant.length(), true));
      return;
    }
    Set<Long> ofSize = starts.get(unwant.length());
    if (ofSize != null && ofSize.remove(unwant.start())) {
      size--;
      if (ofSize.isEmpty()) {
        starts.remove(unwant.length());
      }
    }
  }

  /// Whether the peer wants to hear of one of the blocks from `from` up to but not including `to`.
  boolean wants(long from, long to) {
    return all || wantsAny(from, to) || wantsProper(from, to);
  }

  private boolean wantsAny(long from, long to) {
    return any.stream().anyMatch(it -> it.start() < to && from < it.start() + it.length());
  }

  private boolean wantsProper(long from, long to) {
    for (Map.Entry<Long, Set<Long>> ofSize : starts.entrySet()) {
      long length = ofSize.getKey();
      if ((to - from) / length > MOST) {
        return true;
      }
      for (long start = from - from % length; start < to; start += length) {
        if (ofSize.getValue().contains(start)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether a range is one that a JavaScript peer keeps count of.
  static boolean proper(long start, long length) {
    return length >= SHORTEST
        && length <= LONGEST
        && Long.bitCount(length) == 1
        && start % length == 0;
  }
}
