package cloud.bevy.foundation.crypto;

import java.util.Arrays;

/// HMAC (RFC 2104) and HKDF (RFC 5869) over BLAKE2b-512, as the Noise protocol uses them.
public final class HmacBlake2b {
  /// The size of a hash and of what is derived, in bytes.
  public static final int HASH = 64;

  /// The most outputs that one derivation has.
  public static final int MOST_OUTPUTS = 255;

  private static final int BLOCK = 128;

  private HmacBlake2b() {}

  /// The 64-byte HMAC of the parts, one after the other.
  public static byte[] mac(byte[] key, byte[]... parts) {
    byte[] block = Arrays.copyOf(key.length > BLOCK ? Blake2b.hash512(key) : key, BLOCK);
    Blake2b hasher = Blake2b.plain(HASH).update(padded(block, 0x36));
    for (byte[] part : parts) {
      hasher.update(part);
    }
    return Blake2b.hash512(padded(block, 0x5c), hasher.digest());
  }

  /// Derives `count` keys of 64 bytes each, without further information: HKDF.
  public static byte[][] derive(byte[] salt, byte[] input, int count) {
    if (count < 1 || count > MOST_OUTPUTS) {
      throw new IllegalArgumentException("1 to 255 keys can be derived, not " + count);
    }
    byte[] extracted = mac(salt, input);
    byte[][] keys = new byte[count][];
    byte[] last = {};
    for (int index = 0; index < count; index++) {
      last = mac(extracted, last, new byte[] {(byte) (index + 1)});
      keys[index] = last;
    }
    return keys;
  }

  private static byte[] padded(byte[] block, int pad) {
    byte[] padded = new byte[BLOCK];
    for (int index = 0; index < BLOCK; index++) {
      padded[index] = (byte) (block[index] ^ pad);
    }
    return padded;
  }
}
