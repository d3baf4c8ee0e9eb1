package cloud.bevy.foundation.crypto;

import java.util.Arrays;

/// The one-time authenticator Poly1305 (RFC 8439, section 2.5). The sum is kept in three limbs of
/// 44 bits, modulo 2^132 - 20, which is four times the prime. The low and the high part of each
/// product are added up by themselves, so that no addition overflows; all that touches the sum
/// takes the same time whatever its value. An object is reused by [#begin], without allocating, and
/// belongs to one task at a time.
final class Poly1305 {
  static final int KEY = 32;
  static final int TAG = 16;

  private static final int BLOCK = 16;
  private static final byte[] ZEROS = new byte[BLOCK];
  private static final int BITS = 44;
  private static final long LIMB = (1L << BITS) - 1;

  /// How many bits the highest limb has once the sum is below 2^130.
  private static final int TOP_BITS = 42;

  private static final long TOP = (1L << TOP_BITS) - 1;

  /// What 2^132 is worth.
  private static final long FOLD = 20;

  /// By how many bits two factors are shifted to the left, so that the upper word of their product
  /// is what stands above a limb.
  private static final int SHIFT = 18;

  private static final int KEY_SHIFT = 2;

  private final byte[] buffer = new byte[BLOCK];
  private int filled;
  private long h0;
  private long h1;
  private long h2;
  private long r0;
  private long r1;
  private long r2;
  private long s0;
  private long s1;

  /// Starts a message under the 32-byte key at `offset`, which must never be used again.
  Poly1305 begin(byte[] key, int offset) {
    long low = Bytes.readLong(key, offset) & 0x0ffffffc0fffffffL;
    long high = Bytes.readLong(key, offset + 8) & 0x0ffffffc0ffffffcL;
    r0 = low & LIMB;
    r1 = (low >>> BITS | high << 20) & LIMB;
    r2 = high >>> 24;
    s0 = Bytes.readLong(key, offset + 16);
    s1 = Bytes.readLong(key, offset + 24);
    h0 = 0;
    h1 = 0;
    h2 = 0;
    filled = 0;
    return this;
  }

  Poly1305 update(byte[] bytes, int offset, int count) {
    int at = offset;
    int end = offset + count;
    if (filled > 0) {
      int part = Math.min(BLOCK - filled, count);
      System.arraycopy(bytes, at, buffer, filled, part);
      filled += part;
      at += part;
      if (filled < BLOCK) {
        return this;
      }
      blocks(buffer, 0, BLOCK, 1);
      filled = 0;
    }
    int whole = (end - at) & -BLOCK;
    blocks(bytes, at, whole, 1);
    filled = end - at - whole;
    System.arraycopy(bytes, at + whole, buffer, 0, filled);
    return this;
  }

  /// Adds fewer than 16 zeros.
  Poly1305 zeros(int count) {
    return update(ZEROS, 0, count);
  }

  /// Adds zeros up to the next 16 bytes.
  Poly1305 pad() {
    return filled == 0 ? this : zeros(BLOCK - filled);
  }

  /// Adds two lengths of 64 bits.
  Poly1305 lengths(long first, long second) {
    byte[] both = new byte[BLOCK];
    Bytes.writeLong(both, 0, first);
    Bytes.writeLong(both, 8, second);
    return update(both, 0, BLOCK);
  }

  /// Ends the message and writes its 16-byte tag.
  void finish(byte[] into, int offset) {
    if (filled > 0) {
      buffer[filled] = 1;
      Arrays.fill(buffer, filled + 1, BLOCK, (byte) 0);
      blocks(buffer, 0, BLOCK, 0);
    }
    carryOver();
    carryOver();
    carryOver();
    long g0 = h0 + 5;
    long g1 = h1 + (g0 >>> BITS);
    long g2 = h2 + (g1 >>> BITS) - TOP - 1;
    long keep = g2 >> 63; // all ones if the sum is below the prime
    long t0 = (h0 & keep) | (g0 & LIMB & ~keep);
    long t1 = (h1 & keep) | (g1 & LIMB & ~keep);
    long t2 = (h2 & keep) | (g2 & ~keep);
    long first = t0 | t1 << BITS;
    long second = t1 >>> 20 | t2 << 24;
    long low = first + s0;
    Bytes.writeLong(into, offset, low);
    Bytes.writeLong(into, offset + 8, second + s1 + carry(first, s0, low));
  }

  private void carryOver() {
    h1 += h0 >>> BITS;
    h0 &= LIMB;
    h2 += h1 >>> BITS;
    h1 &= LIMB;
    h0 += 5 * (h2 >>> TOP_BITS);
    h2 &= TOP;
  }

  /// Multiplies block after block into the sum.
  ///
  /// @param high the bit that stands above each block
  private void blocks(byte[] bytes, int offset, int count, long high) {
    long a0 = h0;
    long a1 = h1;
    long a2 = h2;
    long k0 = r0;
    long k1 = r1;
    long k2 = r2;
    long f1 = FOLD * k1;
    long f2 = FOLD * k2;
    for (int at = offset; at < offset + count; at += BLOCK) {
      long low = Bytes.readLong(bytes, at);
      long upper = Bytes.readLong(bytes, at + 8);
      a0 += low & LIMB;
      a1 += (low >>> BITS | upper << 20) & LIMB;
      a2 += upper >>> 24 | high << 40;
      long b0 = a0 << SHIFT;
      long b1 = a1 << SHIFT;
      long b2 = a2 << SHIFT;

      long x0 = (a0 * k0 & LIMB) + (a1 * f2 & LIMB) + (a2 * f1 & LIMB);
      long x1 = (a0 * k1 & LIMB) + (a1 * k0 & LIMB) + (a2 * f2 & LIMB);
      long x2 = (a0 * k2 & LIMB) + (a1 * k1 & LIMB) + (a2 * k0 & LIMB);
      x1 += above(b0, k0) + above(b1, f2) + above(b2, f1);
      x2 += above(b0, k1) + above(b1, k0) + above(b2, f2);
      x0 += FOLD * (above(b0, k2) + above(b1, k1) + above(b2, k0));

      x1 += x0 >>> BITS;
      x2 += x1 >>> BITS;
      a0 = (x0 & LIMB) + FOLD * (x2 >>> BITS);
      a1 = x1 & LIMB;
      a2 = x2 & LIMB;
    }
    h0 = a0;
    h1 = a1;
    h2 = a2;
  }

  /// What of a product stands above a limb.
  private static long above(long shifted, long key) {
    return Math.unsignedMultiplyHigh(shifted, key << KEY_SHIFT);
  }

  /// What an unsigned addition carries over, without a branch: 0 or 1.
  private static long carry(long one, long other, long sum) {
    return ((one & other) | ((one | other) & ~sum)) >>> 63;
  }
}
