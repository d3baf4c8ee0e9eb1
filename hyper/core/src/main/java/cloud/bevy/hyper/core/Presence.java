package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.StoredCore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which blocks of a core are here, as pages of bits that are made from the store's index as they
/// are asked for. What changes after that is noted in the pages that there are. The lock is not
/// held while the index is read: what happens meanwhile is noted again when the page is there.
final class Presence {
  /// How many blocks a page tells of.
  static final int PAGE = 1 << 16;

  /// How many pages there are at most: those that were asked for last.
  static final int MOST_PAGES = 1 << 10;

  private final Supplier<Optional<StoredCore>> stored;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, BitSet> pages =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, BitSet> eldest) {
          return size() > MOST_PAGES;
        }
      };

  /// What happened while somebody reads the index.
  private final List<Event> events = new ArrayList<>();

  private int reading;
  private long resets;
  private long losses;

  /// The first blocks that were found to be here without a gap.
  private long contiguous;

  private record Event(long from, long to, boolean here) {}

  Presence(Supplier<Optional<StoredCore>> stored) {
    this.stored = stored;
  }

  /// How many of the first blocks are here, of those below `end`.
  long contiguous(long end) {
    Start start = start();
    long at = start.contiguous;
    while (at < end) {
      long next = page(at / PAGE).nextClearBit((int) (at % PAGE)) + at / PAGE * PAGE;
      boolean gap = next < (at / PAGE + 1) * PAGE;
      at = next;
      if (gap) {
        break;
      }
    }
    note(Math.min(at, end), start.losses);
    return Math.min(at, end);
  }

  /// Whether a block is here.
  boolean has(long block) {
    int bit = (int) (block % PAGE);
    lock.lock();
    try {
      @Nullable BitSet known = pages.get(block / PAGE);
      if (known != null) {
        return known.get(bit);
      }
    } finally {
      lock.unlock();
    }
    return page(block / PAGE).get(bit);
  }

  /// Fills `words` from block `from` on, a multiple of 32, up to block `end`.
  void fill(long from, long end, int[] words) {
    for (int word = 0; word < words.length; ) {
      long block = from + 32L * word;
      if (block >= end) {
        return;
      }
      long[] longs = page(block / PAGE).toLongArray();
      for (int bit = (int) (block % PAGE); bit < PAGE && word < words.length; bit += 32) {
        long both = bit / 64 < longs.length ? longs[bit / 64] : 0;
        words[word++] = (int) (both >>> (bit % 64));
      }
    }
    trim(from, end, words);
  }

  private static void trim(long from, long end, int[] words) {
    long left = end - from;
    for (int word = (int) Math.min(left / 32, words.length); word < words.length; word++) {
      long bits = Math.clamp(left - 32L * word, 0, 32);
      words[word] &= (int) ((1L << bits) - 1);
    }
  }

  /// Blocks are here now.
  void stored(long from, long to) {
    happened(new Event(from, to, true));
  }

  /// Blocks are not here any more.
  void gone(long from, long to) {
    happened(new Event(from, to, false));
  }

  /// Nobody knows what happened.
  void reset() {
    lock.lock();
    try {
      pages.clear();
      contiguous = 0;
      losses++;
      resets++;
    } finally {
      lock.unlock();
    }
  }

  /// Where to look on for a gap, and how many losses there were by then.
  private record Start(long contiguous, long losses) {}

  private Start start() {
    lock.lock();
    try {
      return new Start(contiguous, losses);
    } finally {
      lock.unlock();
    }
  }

  private void note(long found, long lossesBefore) {
    lock.lock();
    try {
      if (lossesBefore == losses) {
        contiguous = Math.max(contiguous, found);
      }
    } finally {
      lock.unlock();
    }
  }

  private void happened(Event event) {
    lock.lock();
    try {
      if (reading > 0) {
        events.add(event);
      }
      apply(event);
      if (!event.here) {
        losses++;
        contiguous = Math.min(contiguous, event.from);
      }
    } finally {
      lock.unlock();
    }
  }

  private void apply(Event event) {
    if (event.to - event.from <= PAGE) {
      for (long number = event.from / PAGE; number * PAGE < event.to; number++) {
        BitSet page = pages.get(number);
        if (page != null) {
          apply(event, number, page);
        }
      }
    } else {
      pages.forEach((number, page) -> apply(event, number, page));
    }
  }

  private static void apply(Event event, long number, BitSet page) {
    long start = number * PAGE;
    if (event.from < start + PAGE && event.to > start) {
      int from = (int) (Math.max(event.from, start) - start);
      int to = (int) (Math.min(event.to, start + PAGE) - start);
      page.set(from, to, event.here);
    }
  }

  /// A page, a copy.
  private BitSet page(long number) {
    int since;
    long before;
    lock.lock();
    try {
      @Nullable BitSet known = pages.get(number);
      if (known != null) {
        return (BitSet) known.clone();
      }
      reading++;
      since = events.size();
      before = resets;
    } finally {
      lock.unlock();
    }
    BitSet read = null;
    try {
      read = read(number);
    } finally {
      finish(number, read, since, before);
    }
    return read;
  }

  private BitSet read(long number) {
    return stored
        .get()
        .map(core -> core.blocks(number * PAGE, (number + 1) * PAGE))
        .orElseGet(BitSet::new);
  }

  private void finish(long number, @Nullable BitSet read, int since, long before) {
    lock.lock();
    try {
      if (read != null) {
        for (Event event : events.subList(since, events.size())) {
          apply(event, number, read);
        }
        if (before == resets) {
          pages.put(number, (BitSet) read.clone());
        }
      }
      if (--reading == 0) {
        events.clear();
      }
    } finally {
      lock.unlock();
    }
  }
}
