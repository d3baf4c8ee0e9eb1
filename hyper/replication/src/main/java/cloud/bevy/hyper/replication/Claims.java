package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.Want;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/// Which blocks somebody wants, each range once, and up to where each peer was looked at for them.
/// Single blocks that somebody waits for come first, then ranges that somebody waits for, then the
/// rest.
final class Claims {
  /// How many single blocks are looked at for one peer at a time.
  private static final int LOOK = 512;

  private final Set<Want.Blocks> all = new LinkedHashSet<>();
  private final Map<Long, Want.Blocks> singles = new LinkedHashMap<>();
  private final Map<Want.Blocks, Cursors> urgent = new LinkedHashMap<>();
  private final Map<Want.Blocks, Cursors> ranges = new LinkedHashMap<>();
  private final TreeSet<Long> returned = new TreeSet<>();

  /// Up to where each peer was looked at.
  private static final class Cursors extends IdentityHashMap<Peer, Long> {
    private static final long serialVersionUID = 1;

    long of(Peer peer, long from) {
      return getOrDefault(peer, from);
    }

    /// Looks at blocks from `from` on again.
    void rewind(Peer peer, long from) {
      computeIfPresent(peer, (_, at) -> Math.min(at, from));
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /// Wants blocks.
  void add(Want.Blocks want) {
    all.add(want);
    if (want.urgent() && want.to() == want.from() + 1) {
      singles.put(want.from(), want);
    } else {
      (want.urgent() ? urgent : ranges).putIfAbsent(want, new Cursors());
    }
  }

  /// Wants blocks no more.
  void remove(Want.Blocks want) {
    all.remove(want);
    singles.remove(want.from(), want);
    urgent.remove(want);
    ranges.remove(want);
  }

  /// Whether anything at or beyond that length is wanted.
  boolean beyond(long length) {
    return all.stream().anyMatch(want -> want.to() > length);
  }

  /// Whether somebody wants the block.
  boolean wanted(long block) {
    return singles.containsKey(block)
        || all.stream().anyMatch(it -> it.from() <= block && block < it.to());
  }

  /// Notes that the block was asked for.
  void asked(long block) {
    singles.remove(block);
    returned.remove(block);
  }

  /// Notes that the block was asked for in vain.
  void returned(long block) {
    if (wanted(block)) {
      returned.add(block);
    }
  }

  /// Has a peer looked at again, from a block on.
  void rewind(Peer peer, long from) {
    urgent.values().forEach(cursors -> cursors.rewind(peer, from));
    ranges.values().forEach(cursors -> cursors.rewind(peer, from));
  }

  /// Has all peers looked at again.
  void rewindAll() {
    urgent.values().forEach(Map::clear);
    ranges.values().forEach(Map::clear);
  }

  /// Forgets a peer.
  void forget(Peer peer) {
    urgent.values().forEach(cursors -> cursors.remove(peer));
    ranges.values().forEach(cursors -> cursors.remove(peer));
  }

  /// The next block that a peer can be asked for, and is marked as looked at.
  ///
  /// @param from the first block that may be asked for
  /// @param to one past the last that may be
  /// @param open tells whether a block is still to be asked for
  /// @return the block, or `to` where there is none
  long next(Peer peer, long from, long to, LongPredicate open) {
    Look look = new Look(peer, from, to, open);
    long found = look.first(returned);
    if (found == to) {
      found = look.first(singles.keySet());
    }
    if (found == to) {
      found = look.inRanges(urgent);
    }
    return found == to ? look.inRanges(ranges) : found;
  }

  /// A look for a block that a peer can be asked for.
  private record Look(Peer peer, long from, long to, LongPredicate open) {
    long first(Iterable<Long> blocks) {
      int looked = 0;
      for (long block : blocks) {
        if (looked++ == LOOK) {
          break;
        }
        if (block >= from && block < to && peer.presence().has(block) && open.test(block)) {
          return block;
        }
      }
      return to;
    }

    long inRanges(Map<Want.Blocks, Cursors> ranges) {
      for (Map.Entry<Want.Blocks, Cursors> range : ranges.entrySet()) {
        long first = range.getKey().from();
        long end = Math.min(range.getKey().to(), to);
        long start = Math.max(Math.max(from, first), range.getValue().of(peer, first));
        long at = peer.presence().next(start, Math.max(start, end));
        while (at < end && !open.test(at)) {
          at = peer.presence().next(at + 1, end);
        }
        if (at < end) {
          range.getValue().put(peer, at + 1);
          return at;
        }
        range.getValue().put(peer, Math.max(end, start));
      }
      return to;
    }
  }

  /// Wants the peer to tell what it has of the blocks that are wanted and that it is not known to
  /// have.
  ///
  /// @param to one past the last block that may be asked for
  void want(Peer peer, long from, long to) {
    int looked = 0;
    for (long block : singles.keySet()) {
      if (looked++ == LOOK) {
        break;
      }
      if (block < to && !peer.presence().has(block)) {
        want(peer, Segments.of(block));
      }
    }
    for (Want.Blocks range : all) {
      long start = Math.max(Math.max(from, range.from()), peer.presence().contiguous());
      long end = Math.min(range.to(), to);
      long last = Math.min(Segments.of(end - 1), Segments.of(start) + Segments.MOST - 1);
      for (long segment = Segments.of(start); start < end && segment <= last; segment++) {
        want(peer, segment);
      }
    }
  }

  private static void want(Peer peer, long segment) {
    if (peer.segments().add(segment)) {
      peer.segments()
          .excess()
          .ifPresent(oldest -> peer.orders().add(new Peer.Order.Unwant(oldest)));
      peer.orders().add(new Peer.Order.Want(segment));
    }
  }
}
