package cloud.bevy.hyper.store;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// A map from block or node positions to numbers other than zero. What is put in ascending order,
/// as an appending core does, takes 8 bytes, and 16 at most where some are left out, as in a core
/// that is downloaded; the rest lives in an open hash table.
final class LongTable {
  private static final int FIRST_CAPACITY = 4;

  /// How many may be left out in any case.
  private static final int GAP = 8;

  private static final long HASH = 0x9e3779b97f4a7c15L;

  private static final long[] NONE = {};

  private long base;
  private long[] dense = NONE;
  private int denseSize;
  private int denseUsed;
  private long[] keys = NONE;
  private long[] values = NONE;
  private int scattered;
  private int size;

  /// What is at `key`; zero where there is nothing.
  long get(long key) {
    long at = key - base;
    if (at >= 0 && at < denseSize && dense[(int) at] != 0) {
      return dense[(int) at];
    }
    return scattered == 0 ? 0 : values[slot(key)];
  }

  /// Puts a number other than zero.
  ///
  /// @return what was there before
  long put(long key, long value) {
    if (scattered > 0 && values[slot(key)] != 0) {
      return putScattered(key, value);
    }
    if (denseSize == 0) {
      base = key;
    }
    long at = key - base;
    if (at < 0 || (at > denseSize && at > 2L * denseUsed + GAP)) {
      return putScattered(key, value);
    }
    return putDense((int) at, value);
  }

  int size() {
    return size;
  }

  /// Removes everything from `from` up to but not including `to`, handing what was there to
  /// `removed`.
  void remove(long from, long to, LongConsumer removed) {
    removeDense(from, to, removed);
    if (scattered > 0) {
      removeScattered(from, to, removed);
    }
  }

  /// Hands the keys from `from` up to but not including `to` to `taker`, in no order.
  void keys(long from, long to, LongConsumer taker) {
    int last = (int) Math.clamp(to - base, 0L, (long) denseSize);
    for (int i = (int) Math.clamp(from - base, 0L, (long) denseSize); i < last; i++) {
      if (dense[i] != 0) {
        taker.accept(base + i);
      }
    }
    for (int i = 0; scattered > 0 && i < keys.length; i++) {
      if (values[i] != 0 && keys[i] >= from && keys[i] < to) {
        taker.accept(keys[i]);
      }
    }
  }

  /// The keys, ascending.
  long[] sortedKeys() {
    long[] sorted = new long[size];
    int count = 0;
    for (int i = 0; i < denseSize; i++) {
      if (dense[i] != 0) {
        sorted[count++] = base + i;
      }
    }
    if (scattered > 0) {
      for (int i = 0; i < keys.length; i++) {
        if (values[i] != 0) {
          sorted[count++] = keys[i];
        }
      }
      Arrays.sort(sorted);
    }
    return sorted;
  }

  private long putDense(int at, long value) {
    if (at >= dense.length) {
      dense = Arrays.copyOf(dense, Math.max(FIRST_CAPACITY, at + 1 + (at >> 1)));
    }
    long before = dense[at];
    denseSize = Math.max(denseSize, at + 1);
    dense[at] = value;
    if (before == 0) {
      size++;
      denseUsed++;
    }
    return before;
  }

  private void removeDense(long from, long to, LongConsumer removed) {
    int first = (int) Math.clamp(from - base, 0L, (long) denseSize);
    int last = (int) Math.clamp(to - base, (long) first, (long) denseSize);
    for (int i = first; i < last; i++) {
      if (dense[i] != 0) {
        removed.accept(dense[i]);
        dense[i] = 0;
        size--;
        denseUsed--;
      }
    }
    if (last == denseSize) {
      denseSize = first;
    }
  }

  private long putScattered(long key, long value) {
    if (scattered * 2 >= keys.length) {
      grow();
    }
    int slot = slot(key);
    long before = values[slot];
    keys[slot] = key;
    values[slot] = value;
    if (before == 0) {
      scattered++;
      size++;
    }
    return before;
  }

  private void grow() {
    refill(Math.max(FIRST_CAPACITY, keys.length * 2), keys, values);
  }

  private void removeScattered(long from, long to, LongConsumer removed) {
    int found = 0;
    for (int i = 0; i < keys.length; i++) {
      if (values[i] != 0 && keys[i] >= from && keys[i] < to) {
        removed.accept(values[i]);
        values[i] = 0;
        found++;
      }
    }
    if (found > 0) {
      size -= found;
      refill(keys.length, keys, values);
    }
  }

  private void refill(int capacity, long[] oldKeys, long[] oldValues) {
    keys = new long[capacity];
    values = new long[capacity];
    scattered = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
        scattered++;
      }
    }
  }

  /// Where `key` is, or the empty slot where it would go. The capacity is a power of two, and half
  /// of it is empty.
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * HASH) >>> 32) & mask;
    while (values[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
