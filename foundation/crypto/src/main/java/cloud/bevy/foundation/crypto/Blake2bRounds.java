package cloud.bevy.foundation.crypto;

/// BLAKE2b's compression function (RFC 7693, section 3.2).
final class Blake2bRounds {
  /// The first 64 bits of the fractional parts of the square roots of the first eight primes.
  static final long[] START = {
    0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
  };

  /// Which word of the block goes where, round by round.
  private static final byte[][] SCHEDULE = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
  };

  private Blake2bRounds() {}

  /// Mixes a block of 16 words into the state of 8 words.
  ///
  /// @param count how many bytes of the message were taken, this block included; messages of 2^64
  ///   bytes and more do not occur, so the upper half of RFC 7693's counter stays zero
  static void compress(long[] state, long[] words, long count, boolean last) {
    long[] v = new long[16]; // local and of constant size, so that it lives in registers
    for (int index = 0; index < 8; index++) {
      v[index] = state[index];
      v[index + 8] = START[index];
    }
    v[12] ^= count;
    v[14] ^= last ? -1L : 0L;
    for (byte[] order : SCHEDULE) {
      mixColumns(v, words, order);
      mixDiagonals(v, words, order);
    }
    for (int index = 0; index < 8; index++) {
      state[index] ^= v[index] ^ v[index + 8];
    }
  }

  private static void mixColumns(long[] v, long[] m, byte[] order) {
    mix(v, 0, 4, 8, 12, m[order[0]], m[order[1]]);
    mix(v, 1, 5, 9, 13, m[order[2]], m[order[3]]);
    mix(v, 2, 6, 10, 14, m[order[4]], m[order[5]]);
    mix(v, 3, 7, 11, 15, m[order[6]], m[order[7]]);
  }

  private static void mixDiagonals(long[] v, long[] m, byte[] order) {
    mix(v, 0, 5, 10, 15, m[order[8]], m[order[9]]);
    mix(v, 1, 6, 11, 12, m[order[10]], m[order[11]]);
    mix(v, 2, 7, 8, 13, m[order[12]], m[order[13]]);
    mix(v, 3, 4, 9, 14, m[order[14]], m[order[15]]);
  }

  /// RFC 7693's function G, with its seven parameters.
  @SuppressWarnings("tidy")
  private static void mix(long[] v, int a, int b, int c, int d, long x, long y) {
    long va = v[a] + v[b] + x;
    long vd = Long.rotateRight(v[d] ^ va, 32);
    long vc = v[c] + vd;
    long vb = Long.rotateRight(v[b] ^ vc, 24);
    va += vb + y;
    vd = Long.rotateRight(vd ^ va, 16);
    vc += vd;
    vb = Long.rotateRight(vb ^ vc, 63);
    v[a] = va;
    v[b] = vb;
    v[c] = vc;
    v[d] = vd;
  }
}
