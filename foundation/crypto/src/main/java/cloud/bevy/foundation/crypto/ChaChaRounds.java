package cloud.bevy.foundation.crypto;

/// ChaCha20's core (RFC 8439, section 2.3), 20 rounds on 16 words.
final class ChaChaRounds {
  private static final int DOUBLE_ROUNDS = 10;

  private ChaChaRounds() {}

  /// Fills in the four constants and a 32-byte key.
  static void key(int[] words, byte[] key) {
    words[0] = 0x61707865;
    words[1] = 0x3320646e;
    words[2] = 0x79622d32;
    words[3] = 0x6b206574;
    for (int index = 0; index < 8; index++) {
      words[4 + index] = Bytes.readInt(key, 4 * index);
    }
  }

  /// The key that a key and the first 16 bytes of a nonce make: HChaCha20.
  static byte[] derive(byte[] key, byte[] nonce) {
    int[] words = new int[16];
    key(words, key);
    for (int index = 0; index < 4; index++) {
      words[12 + index] = Bytes.readInt(nonce, 4 * index);
    }
    mix(words, words, false);
    byte[] derived = new byte[32];
    for (int index = 0; index < 4; index++) {
      Bytes.writeInt(derived, 4 * index, words[index]);
      Bytes.writeInt(derived, 16 + 4 * index, words[12 + index]);
    }
    return derived;
  }

  /// Mixes `from` into `to`.
  ///
  /// @param add whether the words of before are added, as ChaCha20 does and HChaCha20 does not
  static void mix(int[] from, int[] to, boolean add) {
    int[] x = new int[16]; // local and of constant size, so that it lives in registers
    for (int index = 0; index < 16; index++) {
      x[index] = from[index];
    }
    for (int round = 0; round < DOUBLE_ROUNDS; round++) {
      quarter(x, 0, 4, 8, 12);
      quarter(x, 1, 5, 9, 13);
      quarter(x, 2, 6, 10, 14);
      quarter(x, 3, 7, 11, 15);
      quarter(x, 0, 5, 10, 15);
      quarter(x, 1, 6, 11, 12);
      quarter(x, 2, 7, 8, 13);
      quarter(x, 3, 4, 9, 14);
    }
    for (int index = 0; index < 16; index++) {
      to[index] = add ? x[index] + from[index] : x[index];
    }
  }

  @SuppressWarnings("tidy") // a round has four words
  private static void quarter(int[] x, int a, int b, int c, int d) {
    x[a] += x[b];
    x[d] = Integer.rotateLeft(x[d] ^ x[a], 16);
    x[c] += x[d];
    x[b] = Integer.rotateLeft(x[b] ^ x[c], 12);
    x[a] += x[b];
    x[d] = Integer.rotateLeft(x[d] ^ x[a], 8);
    x[c] += x[d];
    x[b] = Integer.rotateLeft(x[b] ^ x[c], 7);
  }
}
