package cloud.bevy.hyper.store;

import java.util.Arrays;

/// Where each core's record is in a checkpoint: 16 bytes for each slot, of which at least a third
/// are empty. Not changed once it was filled.
final class Directory {
  private static final int FIRST_CAPACITY = 16;

  private long[] fingerprints = new long[FIRST_CAPACITY];
  private long[] positions = new long[FIRST_CAPACITY];
  private int size;

  /// Adds a core whose record is at `position`, which is not zero.
  void add(CoreId id, long position) {
    if (size * 3L >= positions.length * 2L) {
      grow();
    }
    insert(id.fingerprint(), position);
    size++;
  }

  /// Where the core's record may be: the record says whether it is the right one.
  long[] candidates(CoreId id) {
    long[] found = {};
    long fingerprint = id.fingerprint();
    int mask = positions.length - 1;
    for (int slot = (int) fingerprint & mask; positions[slot] != 0; slot = (slot + 1) & mask) {
      if (fingerprints[slot] == fingerprint) {
        found = Arrays.copyOf(found, found.length + 1);
        found[found.length - 1] = positions[slot];
      }
    }
    return found;
  }

  int size() {
    return size;
  }

  private void insert(long fingerprint, long position) {
    int mask = positions.length - 1;
    int slot = (int) fingerprint & mask;
    while (positions[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    fingerprints[slot] = fingerprint;
    positions[slot] = position;
  }

  private void grow() {
    long[] oldFingerprints = fingerprints;
    long[] oldPositions = positions;
    fingerprints = new long[oldPositions.length * 2];
    positions = new long[oldPositions.length * 2];
    for (int i = 0; i < oldPositions.length; i++) {
      if (oldPositions[i] != 0) {
        insert(oldFingerprints[i], oldPositions[i]);
      }
    }
  }
}
