package cloud.bevy.foundation.crypto;

import java.util.Arrays;

/// The one-time authenticator Poly1305 (RFC 8439, section 2.5). The sum is kept in two words of 64
/// bits and a small one; all that touches it takes the same time whatever its value. An object is
/// reused by [#begin], without allocating, and belongs to one task at a time.
final class Poly1305 {
  static final int KEY = 32;
  static final int TAG = 16;

  private static final int BLOCK = 16;
  private static final byte[] ZEROS = new byte[BLOCK];

  private final byte[] buffer = new byte[BLOCK];
  private int filled;
  private long h0;
  private long h1;
  private long h2;
  private long r0;
  private long r1;
  private long s0;
  private long s1;

  /// Starts a message under the 32-byte key at `offset`, which must never be used again.
  Poly1305 begin(byte[] key, int offset) {
    r0 = Bytes.readLong(key, offset) & 0x0ffffffc0fffffffL;
    r1 = Bytes.readLong(key, offset + 8) & 0x0ffffffc0ffffffcL;
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
    long g0 = h0 + 5;
    long carry = carry(h0, 5, g0);
    long g1 = h1 + carry;
    long g2 = h2 + carry(h1, carry, g1);
    long reduced = -(g2 >>> 2 & 1); // all ones if the sum was at least 2^130 - 5
    long t0 = (h0 & ~reduced) | (g0 & reduced);
    long t1 = (h1 & ~reduced) | (g1 & reduced);
    long low = t0 + s0;
    Bytes.writeLong(into, offset, low);
    Bytes.writeLong(into, offset + 8, t1 + s1 + carry(t0, s0, low));
  }

  /// Multiplies block after block into the sum, modulo 2^130 - 5.
  ///
  /// @param high the bit that stands above each block
  private void blocks(byte[] bytes, int offset, int count, int high) {
    long a0 = h0;
    long a1 = h1;
    long a2 = h2;
    long k0 = r0;
    long k1 = r1;
    long k5 = k1 + (k1 >>> 2); // 5/4 of k1, whose lowest two bits are zero
    for (int at = offset; at < offset + count; at += BLOCK) {
      long m0 = Bytes.readLong(bytes, at);
      long m1 = Bytes.readLong(bytes, at + 8);
      long b0 = a0 + m0;
      long c0 = carry(a0, m0, b0);
      long t1 = a1 + m1;
      long b1 = t1 + c0;
      a2 += carry(a1, m1, t1) + carry(t1, c0, b1) + high;

      long x = b0 * k0;
      long y = b1 * k5;
      long low = x + y;
      long top =
          Math.unsignedMultiplyHigh(b0, k0) + Math.unsignedMultiplyHigh(b1, k5) + carry(x, y, low);

      long u = b0 * k1;
      long v = b1 * k0;
      long w = a2 * k5;
      long uv = u + v;
      long uvw = uv + w;
      long mid = uvw + top;
      long over =
          Math.unsignedMultiplyHigh(b0, k1)
              + Math.unsignedMultiplyHigh(b1, k0)
              + carry(u, v, uv)
              + carry(uv, w, uvw)
              + carry(uvw, top, mid)
              + a2 * k0;

      long five = (over & ~3L) + (over >>> 2);
      a0 = low + five;
      long c = carry(low, five, a0);
      a1 = mid + c;
      a2 = (over & 3) + carry(mid, c, a1);
    }
    h0 = a0;
    h1 = a1;
    h2 = a2;
  }

  /// What an unsigned addition carries over, without a branch: 0 or 1.
  private static long carry(long one, long other, long sum) {
    return ((one & other) | ((one | other) & ~sum)) >>> 63;
  }
}
