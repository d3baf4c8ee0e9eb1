package cloud.bevy.hyper.replication;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which blocks a peer says that it has. Bounded: a page is kept for each 2^15 blocks of which the
/// peer has some, and what does not fit is taken as not there, which costs a question at most.
final class Presence {
  /// How many blocks a page is about.
  static final int PAGE = 1 << 15;

  /// The most pages: what a peer can make us remember, 4 KiB each.
  static final int MOST_PAGES = 2048;

  private static final int WORD = Long.SIZE;
  private static final long[] FULL = full();

  private final TreeMap<Long, long[]> pages = new TreeMap<>();
  private long contiguous;

  /// All blocks below this number are there.
  long contiguous() {
    return contiguous;
  }

  /// How many pages are kept.
  int pages() {
    return pages.size();
  }

  /// Whether the block is there.
  boolean has(long block) {
    if (block < contiguous) {
      return true;
    }
    long[] page = pages.get(block / PAGE);
    return page != null && (page[(int) (block % PAGE) / WORD] >>> (block % WORD) & 1) != 0;
  }

  /// The first block from `from` on, but below `to`, that is there; else `to`.
  long next(long from, long to) {
    if (from < contiguous || from >= to) {
      return Math.min(from, to);
    }
    for (Map.Entry<Long, long[]> page : pages.tailMap(from / PAGE).entrySet()) {
      long start = page.getKey() * PAGE;
      if (start >= to) {
        return to;
      }
      int found = next(page.getValue(), (int) Math.max(0, from - start));
      if (found < PAGE) {
        return Math.min(to, start + found);
      }
    }
    return to;
  }

  /// Notes that the peer has all blocks from `from` up to but not including `to`.
  void add(long from, long to) {
    if (from <= contiguous) {
      contiguous = Math.max(contiguous, to);
      absorb();
      return;
    }
    long end = Math.min(to, from + (long) MOST_PAGES * PAGE);
    for (long number = from / PAGE; number * PAGE < end; number++) {
      fill(number, (int) Math.max(0, from - number * PAGE), Math.min(PAGE, end - number * PAGE));
    }
  }

  /// Notes that the peer has none of the blocks from `from` up to but not including `to`.
  void remove(long from, long to) {
    cutContiguous(from, to);
    for (Long number :
        pages.subMap(from / PAGE, true, (to - 1) / PAGE, true).keySet().stream().toList()) {
      int start = (int) Math.max(0, from - number * PAGE);
      int end = (int) Math.min(PAGE, to - number * PAGE);
      if (end - start == PAGE) {
        pages.remove(number);
      } else {
        long[] page = own(number);
        for (int bit = start; bit < end; bit++) {
          page[bit / WORD] &= ~(1L << bit);
        }
      }
    }
  }

  /// Notes what a bitfield says, which is the whole truth about its blocks.
  ///
  /// @param start a multiple of 32
  void insert(long start, int[] words) {
    if (words.length == 0) {
      return;
    }
    cutContiguous(start, start + (long) words.length * Integer.SIZE);
    for (int at = 0; at < words.length; at++) {
      long block = start + (long) at * Integer.SIZE;
      if (words[at] != 0 || pages.containsKey(block / PAGE)) {
        put(block, words[at]);
      }
    }
    absorb();
  }

  /// Forgets everything.
  void clear() {
    pages.clear();
    contiguous = 0;
  }

  /// Keeps what lies behind a part that is no longer known to be there.
  private void cutContiguous(long from, long to) {
    if (from < contiguous) {
      long end = contiguous;
      contiguous = from;
      if (to < end) {
        add(to, end);
      }
    }
  }

  private void absorb() {
    pages.headMap(contiguous / PAGE).clear();
  }

  private void put(long block, int word) {
    long[] page = own(block / PAGE);
    if (page.length > 0) {
      int at = (int) (block % PAGE) / WORD;
      int shift = (int) (block % WORD);
      page[at] = (page[at] & ~(0xffffffffL << shift)) | Integer.toUnsignedLong(word) << shift;
    }
  }

  private void fill(long number, int from, long to) {
    if (from == 0 && to == PAGE && (pages.size() < MOST_PAGES || pages.containsKey(number))) {
      pages.put(number, FULL);
      return;
    }
    long[] page = isFull(pages.get(number)) ? FULL : own(number);
    if (page.length == 0 || isFull(page)) {
      return;
    }
    for (int bit = from; bit < to; bit++) {
      page[bit / WORD] |= 1L << bit;
    }
  }

  /// The page, ready to be changed; an empty array where there is no room for it.
  private long[] own(long number) {
    long[] page = pages.get(number);
    if (page == null && pages.size() >= MOST_PAGES) {
      return new long[0];
    }
    if (page == null || isFull(page)) {
      page = page == null ? new long[PAGE / WORD] : FULL.clone();
      pages.put(number, page);
    }
    return page;
  }

  private static int next(long[] page, int from) {
    int word = from / WORD;
    long bits = page[word] & -1L << from;
    while (bits == 0 && ++word < page.length) {
      bits = page[word];
    }
    return bits == 0 ? PAGE : word * WORD + Long.numberOfTrailingZeros(bits);
  }

  /// Whether it is the page that all full ranges share, which is never changed.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isFull(long @Nullable [] page) {
    return page == FULL;
  }

  private static long[] full() {
    long[] page = new long[PAGE / WORD];
    Arrays.fill(page, -1);
    return page;
  }
}
