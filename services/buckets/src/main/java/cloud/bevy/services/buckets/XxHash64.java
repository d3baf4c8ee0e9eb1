package cloud.bevy.services.buckets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// XXH64 without a seed (the xxHash specification, "XXH64 algorithm description"): four lanes of
/// eight bytes each, which are folded together at the end.
final class XxHash64 implements ChecksumAlgorithm.Digest {
  static final long PRIME_1 = 0x9e3779b185ebca87L;
  static final long PRIME_2 = 0xc2b2ae3d27d4eb4fL;
  static final long PRIME_3 = 0x165667b19e3779f9L;
  static final long PRIME_4 = 0x85ebca77c2b2ae63L;
  static final long PRIME_5 = 0x27d4eb2f165667c5L;

  private static final int STRIPE = 4 * Long.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /// The first prime and the second together, the second, nothing, and nothing less the first.
  private final long[] lanes = {0x60ea27eeadc0b5d6L, PRIME_2, 0, 0x61c8864e7a143579L};

  private final byte[] held = new byte[STRIPE];
  private long length;

  @Override
  public void update(byte[] bytes, int offset, int size) {
    int at = offset;
    int end = offset + size;
    int filled = (int) (length % STRIPE);
    length += size;
    if (filled > 0) {
      int taken = Math.min(STRIPE - filled, size);
      System.arraycopy(bytes, at, held, filled, taken);
      at += taken;
      if (filled + taken < STRIPE) {
        return;
      }
      stripe(held, 0);
    }
    for (; end - at >= STRIPE; at += STRIPE) {
      stripe(bytes, at);
    }
    System.arraycopy(bytes, at, held, 0, end - at);
  }

  @Override
  public byte[] value() {
    long hash = length < STRIPE ? PRIME_5 : folded();
    hash += length;
    int end = (int) (length % STRIPE);
    int at = 0;
    for (; end - at >= Long.BYTES; at += Long.BYTES) {
      hash ^= round(0, (long) LONGS.get(held, at));
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    if (end - at >= Integer.BYTES) {
      hash ^= ((int) INTS.get(held, at) & 0xffffffffL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += Integer.BYTES;
    }
    for (; at < end; at++) {
      hash ^= (held[at] & 0xff) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    return ByteBuffer.allocate(Long.BYTES).putLong(avalanche(hash)).array();
  }

  /// Spreads each bit over all others.
  static long avalanche(long hash) {
    long mixed = (hash ^ hash >>> 33) * PRIME_2;
    mixed = (mixed ^ mixed >>> 29) * PRIME_3;
    return mixed ^ mixed >>> 32;
  }

  private void stripe(byte[] bytes, int at) {
    for (int lane = 0; lane < lanes.length; lane++) {
      lanes[lane] = round(lanes[lane], (long) LONGS.get(bytes, at + lane * Long.BYTES));
    }
  }

  private long folded() {
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) {
      hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
    return hash;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
  }
}
