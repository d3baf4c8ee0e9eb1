package cloud.bevy.foundation.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What both ends of libsodium's `crypto_secretstream_xchacha20poly1305` have in common: the state,
/// and how it goes on. The stream of ChaCha20 comes from the JDK, whose compiler knows it; the
/// authenticator is our own, or the JDK's where it can be had and is faster.
final class FrameCipher {
  static final int KEY = 32;
  static final int HEADER = 24;
  static final int TAG = 16;
  static final int REKEY = 2;

  private static final int BLOCK = 64;
  private static final int STATE = 52;
  private static final int NONCE = 12;
  private static final int INNER = KEY + 4;
  private static final byte[] ZEROS = new byte[2 * BLOCK];

  /// From how many bytes on the JDK's authenticator takes less time than ours.
  private static final int SOME = 256;

  private static final int LENGTHS = 16;

  private final Cipher cipher;
  private final Poly1305 sum = new Poly1305();

  /// The first block of the stream keys the authenticator; the second hides the kind of message.
  private final byte[] blocks = new byte[2 * BLOCK];

  /// libsodium's: the key, the counter, the rest of the nonce, padding.
  private final byte[] state = new byte[STATE];

  /// The key as the cipher wants it, made when it is needed.
  private @Nullable SecretKeySpec secret;

  /// Where it can be had, made when it is first needed.
  private @Nullable JdkPoly1305 jdkSum;

  /// Who does the work for a frame. All come to the same bytes.
  enum Way {
    /// Java, with an authenticator of our own.
    JAVA,
    /// Java, with the JDK's authenticator.
    JDK,
    /// libsodium.
    SODIUM
  }

  FrameCipher(byte[] key, byte[] header) {
    Bytes.mustHave(KEY, key, "a key");
    Bytes.mustHave(HEADER, header, "a header");
    System.arraycopy(ChaChaRounds.derive(key, header), 0, state, 0, KEY);
    Bytes.writeInt(state, KEY, 1);
    System.arraycopy(header, 16, state, INNER, 8);
    try {
      cipher = Cipher.getInstance("ChaCha20");
    } catch (GeneralSecurityException missing) {
      throw new CryptoFault(missing);
    }
  }

  /// Who is the fastest.
  ///
  /// @param count how many bytes the message has
  static Way fastest(int count) {
    if (!Sodium.countsAsMuch(count)) {
      return Way.JAVA;
    }
    if (count >= SOME && JdkPoly1305.isFast()) {
      return Way.JDK;
    }
    return Sodium.pays(count) ? Way.SODIUM : Way.JAVA;
  }

  /// Starts a frame: the stream stands where the message begins.
  void begin() {
    try {
      startStream();
      cipher.update(ZEROS, 0, ZEROS.length, blocks, 0);
    } catch (GeneralSecurityException missing) {
      throw new CryptoFault(missing);
    }
  }

  private void startStream() throws GeneralSecurityException {
    if (secret == null) {
      secret = new SecretKeySpec(state, 0, KEY, "ChaCha20");
    }
    byte[] nonce = Arrays.copyOfRange(state, KEY, KEY + NONCE);
    cipher.init(Cipher.DECRYPT_MODE, secret, new ChaCha20ParameterSpec(nonce, 0));
  }

  /// The byte of the stream that hides the kind of message.
  byte kindMask() {
    return blocks[BLOCK];
  }

  /// Encrypts or decrypts the message, once for each frame.
  @SuppressWarnings("tidy") // what System.arraycopy needs
  void xor(byte[] from, int offset, int count, byte[] into, int at) {
    try {
      cipher.doFinal(from, offset, count, into, at);
    } catch (GeneralSecurityException missing) {
      throw new CryptoFault(missing);
    }
  }

  /// Writes the authenticator of a frame, of which `bytes` has the kind at `offset - 1` and the
  /// encrypted message of `count` bytes from `offset` on.
  @SuppressWarnings("tidy") // an array, where in it, and two more
  void authenticate(byte[] bytes, int offset, int count, byte[] into, Way way) {
    blocks[BLOCK] = bytes[offset - 1];
    int zeros = count & 15; // not up to the next 16 bytes: libsodium's own slip, which stays
    if (way == Way.JDK) {
      byte[] end = new byte[zeros + LENGTHS];
      Bytes.writeLong(end, zeros + Long.BYTES, BLOCK + count);
      jdkSum()
          .begin(blocks)
          .update(blocks, BLOCK, BLOCK)
          .update(bytes, offset, count)
          .update(end, 0, end.length)
          .finish(into, 0);
      return;
    }
    sum.begin(blocks, 0)
        .update(blocks, BLOCK, BLOCK)
        .update(bytes, offset, count)
        .zeros(zeros)
        .lengths(0, BLOCK + count)
        .finish(into, 0);
  }

  private JdkPoly1305 jdkSum() {
    JdkPoly1305 made = jdkSum;
    if (made == null) {
      made = JdkPoly1305.create().orElseThrow();
      jdkSum = made;
    }
    return made;
  }

  /// Goes on to the next frame.
  ///
  /// @param tag the authenticator of this one
  void advance(byte[] tag, boolean rekey) {
    for (int index = 0; index < 8; index++) {
      state[INNER + index] ^= tag[index];
    }
    int counter = Bytes.readInt(state, KEY) + 1;
    Bytes.writeInt(state, KEY, counter);
    if (rekey || counter == 0) {
      rekey();
    }
  }

  private void rekey() {
    byte[] both = Arrays.copyOf(state, KEY + 8);
    System.arraycopy(state, INNER, both, KEY, 8);
    try {
      startStream();
      cipher.doFinal(both, 0, both.length, both, 0);
    } catch (GeneralSecurityException missing) {
      throw new CryptoFault(missing);
    }
    System.arraycopy(both, 0, state, 0, KEY);
    Bytes.writeInt(state, KEY, 1);
    System.arraycopy(both, KEY, state, INNER, 8);
    secret = null;
  }

  /// The state itself, for libsodium to go on with it.
  byte[] state() {
    secret = null; // it may change the key
    return state;
  }

  /// Takes over another state.
  void resume(byte[] other) {
    System.arraycopy(other, 0, state, 0, STATE);
    secret = null;
  }
}
