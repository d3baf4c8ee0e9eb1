package cloud.bevy.foundation.crypto;

/// Salsa20's core (D. J. Bernstein, "The Salsa20 family of stream ciphers"), 20 rounds on 16 words.
final class SalsaRounds {
  private static final int DOUBLE_ROUNDS = 10;

  private SalsaRounds() {}

  /// Fills in the four constants of a 32-byte key, and the key.
  static void key(int[] words, byte[] key) {
    words[0] = 0x61707865;
    words[5] = 0x3320646e;
    words[10] = 0x79622d32;
    words[15] = 0x6b206574;
    for (int index = 0; index < 4; index++) {
      words[1 + index] = Bytes.readInt(key, 4 * index);
      words[11 + index] = Bytes.readInt(key, 16 + 4 * index);
    }
  }

  /// Mixes `from` into `to`.
  ///
  /// @param add whether the words of before are added, as Salsa20 does and HSalsa20 does not
  static void mix(int[] from, int[] to, boolean add) {
    int[] x = new int[16]; // local and of constant size, so that it lives in registers
    for (int index = 0; index < 16; index++) {
      x[index] = from[index];
    }
    for (int round = 0; round < DOUBLE_ROUNDS; round++) {
      quarter(x, 0, 4, 8, 12);
      quarter(x, 5, 9, 13, 1);
      quarter(x, 10, 14, 2, 6);
      quarter(x, 15, 3, 7, 11);
      quarter(x, 0, 1, 2, 3);
      quarter(x, 5, 6, 7, 4);
      quarter(x, 10, 11, 8, 9);
      quarter(x, 15, 12, 13, 14);
    }
    for (int index = 0; index < 16; index++) {
      to[index] = add ? x[index] + from[index] : x[index];
    }
  }

  @SuppressWarnings("tidy") // a round has four words
  private static void quarter(int[] x, int a, int b, int c, int d) {
    x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
    x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
    x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
    x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
  }
}
