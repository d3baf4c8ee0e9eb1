package cloud.bevy.foundation.crypto;

import java.util.Objects;
import java.util.function.IntPredicate;

/// The stream cipher XSalsa20: libsodium's `crypto_stream_xor`, with which Hypercores encrypt their
/// blocks. There is no authenticator. An object holds a key, is reused without allocating, and
/// belongs to one task at a time.
public final class XSalsa20 {
  /// The size of a key, in bytes.
  public static final int KEY = 32;

  /// The size of a nonce, in bytes.
  public static final int NONCE = 24;

  private static final int BLOCK = 64;

  /// From how many bytes on libsodium is worth its call.
  private static final int MANY = 256;

  private final int[] keyed = new int[16];
  private final int[] state = new int[16];
  private final int[] stream = new int[16];
  private final byte[] rest = new byte[BLOCK];
  private final byte[] key;
  private final IntPredicate outside;

  /// A cipher with a key of 32 bytes.
  public XSalsa20(byte[] key) {
    this(key, Sodium::pays);
  }

  /// @param outside whether libsodium does the work for so many bytes
  XSalsa20(byte[] key, IntPredicate outside) {
    Bytes.mustHave(KEY, key, "a key");
    SalsaRounds.key(keyed, key);
    this.key = key.clone();
    this.outside = outside;
  }

  /// Encrypts or decrypts `count` bytes from `offset` on, where they are.
  ///
  /// @param nonce of 24 bytes, never used twice with one key
  public void xor(byte[] nonce, byte[] bytes, int offset, int count) {
    Bytes.mustHave(NONCE, nonce, "a nonce");
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count >= MANY && outside.test(count)) {
      for (int done = 0; done < count; done += Sodium.MOST) {
        int part = Math.min(Sodium.MOST, count - done);
        Sodium.xsalsa(key, nonce, Sodium.slice(bytes, offset + done, part), done / BLOCK);
      }
      return;
    }
    begin(nonce);
    xorFrom(bytes, offset, count);
  }

  /// The words of the key and nonce, with the counter at zero.
  private void begin(byte[] nonce) {
    for (int index = 0; index < 4; index++) {
      keyed[6 + index] = Bytes.readInt(nonce, 4 * index);
    }
    SalsaRounds.mix(keyed, stream, false);
    System.arraycopy(keyed, 0, state, 0, 16);
    for (int index = 0; index < 4; index++) {
      state[1 + index] = stream[5 * index];
      state[11 + index] = stream[6 + index];
    }
    state[6] = Bytes.readInt(nonce, 16);
    state[7] = Bytes.readInt(nonce, 20);
  }

  private void xorFrom(byte[] bytes, int offset, int count) {
    state[8] = 0;
    state[9] = 0;
    int at = offset;
    int end = offset + count;
    while (end - at >= BLOCK) {
      next();
      for (int index = 0; index < 16; index++) {
        int place = at + 4 * index;
        Bytes.writeInt(bytes, place, Bytes.readInt(bytes, place) ^ stream[index]);
      }
      at += BLOCK;
    }
    if (at < end) {
      next();
      xorRest(bytes, at, end - at);
    }
  }

  private void xorRest(byte[] bytes, int at, int count) {
    for (int index = 0; index < 16; index++) {
      Bytes.writeInt(rest, 4 * index, stream[index]);
    }
    for (int index = 0; index < count; index++) {
      bytes[at + index] ^= rest[index];
    }
  }

  private void next() {
    SalsaRounds.mix(state, stream, true);
    state[8]++;
    if (state[8] == 0) {
      state[9]++;
    }
  }
}
