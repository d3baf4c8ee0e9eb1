package cloud.bevy.foundation.crypto;

/// BLAKE2b's twelve rounds (RFC 7693, section 3.2) for many messages side by side: what is done to
/// one word of the state is done to the same word of all of them in one loop, which C2 turns into
/// vector instructions.
///
/// It does so only where it can tell that the words are apart. So the state is one array in which
/// each word's place is written out: eight methods that differ in nothing else. With the places as
/// parameters, or two mixings in one loop, C2 takes one message at a time and four times as long;
/// with a number of messages that it does not know beforehand, twice as long.
final class Blake2bLaneRounds {
  /// How many messages. With half as many the ends of the loops take a sixth more time; with twice
  /// as many the words no longer fit into the processor's nearest cache.
  static final int LANES = 32;

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

  private Blake2bLaneRounds() {}

  /// @param state the 16 words of the working vectors, [#LANES] of each, which are replaced
  /// @param words the 16 words of the messages' blocks, [#LANES] of each
  static void mix(long[] state, long[][] words) {
    for (byte[] s : SCHEDULE) {
      column0(state, words[s[0]], words[s[1]]);
      column1(state, words[s[2]], words[s[3]]);
      column2(state, words[s[4]], words[s[5]]);
      column3(state, words[s[6]], words[s[7]]);
      diagonal0(state, words[s[8]], words[s[9]]);
      diagonal1(state, words[s[10]], words[s[11]]);
      diagonal2(state, words[s[12]], words[s[13]]);
      diagonal3(state, words[s[14]], words[s[15]]);
    }
  }

  private static void column0(long[] v, long[] x, long[] y) {
    for (int i = 0; i < LANES; i++) {
      long a = v[i] + v[4 * LANES + i] + x[i];
      long d = Long.rotateRight(v[12 * LANES + i] ^ a, 32);
      long c = v[8 * LANES + i] + d;
      long b = Long.rotateRight(v[4 * LANES + i] ^ c, 24);
      a += b + y[i];
      d = Long.rotateRight(d ^ a, 16);
      c += d;
      v[i] = a;
      v[4 * LANES + i] = Long.rotateRight(b ^ c, 63);
      v[8 * LANES + i] = c;
      v[12 * LANES + i] = d;
    }
  }

  private static void column1(long[] v, long[] x, long[] y) {
    for (int i = 0; i < LANES; i++) {
      long a = v[LANES + i] + v[5 * LANES + i] + x[i];
      long d = Long.rotateRight(v[13 * LANES + i] ^ a, 32);
      long c = v[9 * LANES + i] + d;
      long b = Long.rotateRight(v[5 * LANES + i] ^ c, 24);
      a += b + y[i];
      d = Long.rotateRight(d ^ a, 16);
      c += d;
      v[LANES + i] = a;
      v[5 * LANES + i] = Long.rotateRight(b ^ c, 63);
      v[9 * LANES + i] = c;
      v[13 * LANES + i] = d;
    }
  }

  private static void column2(long[] v, long[] x, long[] y) {
    for (int i = 0; i < LANES; i++) {
      long a = v[2 * LANES + i] + v[6 * LANES + i] + x[i];
      long d = Long.rotateRight(v[14 * LANES + i] ^ a, 32);
      long c = v[10 * LANES + i] + d;
      long b = Long.rotateRight(v[6 * LANES + i] ^ c, 24);
      a += b + y[i];
      d = Long.rotateRight(d ^ a, 16);
      c += d;
      v[2 * LANES + i] = a;
      v[6 * LANES + i] = Long.rotateRight(b ^ c, 63);
      v[10 * LANES + i] = c;
      v[14 * LANES + i] = d;
    }
  }

  private static void column3(long[] v, long[] x, long[] y) {
    for (int i = 0; i < LANES; i++) {
      long a = v[3 * LANES + i] + v[7 * LANES + i] + x[i];
      long d = Long.rotateRight(v[15 * LANES + i] ^ a, 32);
      long c = v[11 * LANES + i] + d;
      long b = Long.rotateRight(v[7 * LANES + i] ^ c, 24);
      a += b + y[i];
      d = Long.rotateRight(d ^ a, 16);
      c += d;
      v[3 * LANES + i] = a;
      v[7 * LANES + i] = Long.rotateRight(b ^ c, 63);
      v[11 * LANES + i] = c;
      v[15 * LANES + i] = d;
    }
  }

  private static void diagonal0(long[] v, long[] x, long[] y) {
    for (int i = 0; i < LANES; i++) {
      long a = v[i] + v[5 * LANES + i] + x[i];
      long d = Long.rotateRight(v[15 * LANES + i] ^ a, 32);
      long c = v[10 * LANES + i] + d;
      long b = Long.rotateRight(v[5 * LANES + i] ^ c, 24);
      a += b + y[i];
      d = Long.rotateRight(d ^ a, 16);
      c += d;
      v[i] = a;
      v[5 * LANES + i] = Long.rotateRight(b ^ c, 63);
      v[10 * LANES + i] = c;
      v[15 * LANES + i] = d;
    }
  }

  private static void diagonal1(long[] v, long[] x, long[] y) {
    for (int i = 0; i < LANES; i++) {
      long a = v[LANES + i] + v[6 * LANES + i] + x[i];
      long d = Long.rotateRight(v[12 * LANES + i] ^ a, 32);
      long c = v[11 * LANES + i] + d;
      long b = Long.rotateRight(v[6 * LANES + i] ^ c, 24);
      a += b + y[i];
      d = Long.rotateRight(d ^ a, 16);
      c += d;
      v[LANES + i] = a;
      v[6 * LANES + i] = Long.rotateRight(b ^ c, 63);
      v[11 * LANES + i] = c;
      v[12 * LANES + i] = d;
    }
  }

  private static void diagonal2(long[] v, long[] x, long[] y) {
    for (int i = 0; i < LANES; i++) {
      long a = v[2 * LANES + i] + v[7 * LANES + i] + x[i];
      long d = Long.rotateRight(v[13 * LANES + i] ^ a, 32);
      long c = v[8 * LANES + i] + d;
      long b = Long.rotateRight(v[7 * LANES + i] ^ c, 24);
      a += b + y[i];
      d = Long.rotateRight(d ^ a, 16);
      c += d;
      v[2 * LANES + i] = a;
      v[7 * LANES + i] = Long.rotateRight(b ^ c, 63);
      v[8 * LANES + i] = c;
      v[13 * LANES + i] = d;
    }
  }

  private static void diagonal3(long[] v, long[] x, long[] y) {
    for (int i = 0; i < LANES; i++) {
      long a = v[3 * LANES + i] + v[4 * LANES + i] + x[i];
      long d = Long.rotateRight(v[14 * LANES + i] ^ a, 32);
      long c = v[9 * LANES + i] + d;
      long b = Long.rotateRight(v[4 * LANES + i] ^ c, 24);
      a += b + y[i];
      d = Long.rotateRight(d ^ a, 16);
      c += d;
      v[3 * LANES + i] = a;
      v[4 * LANES + i] = Long.rotateRight(b ^ c, 63);
      v[9 * LANES + i] = c;
      v[14 * LANES + i] = d;
    }
  }
}
