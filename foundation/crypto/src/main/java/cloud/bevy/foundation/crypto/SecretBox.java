package cloud.bevy.foundation.crypto;

import java.util.Arrays;
import java.util.Optional;

/// Authenticated encryption with XSalsa20 and Poly1305: libsodium's `crypto_secretbox_easy`.
public final class SecretBox {
  /// By how many bytes a box is longer than its text.
  public static final int TAG = 16;

  /// The first block of the stream is the authenticator's key in its first half.
  private static final int TEXT = 32;

  private SecretBox() {}

  /// Encrypts and authenticates.
  ///
  /// @param key of 32 bytes
  /// @param nonce of 24 bytes, never used twice with one key
  public static byte[] seal(byte[] key, byte[] nonce, byte[] text) {
    byte[] work = new byte[TEXT + text.length];
    System.arraycopy(text, 0, work, TEXT, text.length);
    new XSalsa20(key).xor(nonce, work, 0, work.length);
    byte[] box = new byte[TAG + text.length];
    System.arraycopy(work, TEXT, box, TAG, text.length);
    new Poly1305().begin(work, 0).update(box, TAG, text.length).finish(box, 0);
    return box;
  }

  /// The text of a box; nothing if anything about it was changed.
  public static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] box) {
    if (box.length < TAG) {
      return Optional.empty();
    }
    byte[] work = new byte[TEXT + box.length - TAG];
    System.arraycopy(box, TAG, work, TEXT, box.length - TAG);
    XSalsa20 cipher = new XSalsa20(key);
    byte[] once = new byte[TEXT];
    cipher.xor(nonce, once, 0, TEXT);
    byte[] tag = new byte[TAG];
    new Poly1305().begin(once, 0).update(box, TAG, box.length - TAG).finish(tag, 0);
    if (!Bytes.same16(tag, 0, box, 0)) {
      return Optional.empty();
    }
    cipher.xor(nonce, work, 0, work.length);
    return Optional.of(Arrays.copyOfRange(work, TEXT, work.length));
  }
}
