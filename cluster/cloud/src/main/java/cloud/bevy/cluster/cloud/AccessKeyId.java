package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.Chance;
import java.util.Arrays;
import java.util.Optional;

/// The 20 characters of an access key's id: `BEVY`, the first 40 bits of the cloud's key, and 40
/// random bits, in the alphabet of RFC 4648's base 32. So a request's cloud is found without a
/// second index and without opening any other cloud.
final class AccessKeyId {
  static final int PREFIX_BYTES = 5;

  private static final String MARK = "BEVY";
  private static final int RANDOM_BYTES = 5;
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private AccessKeyId() {}

  static String next(CloudKey cloud, Chance chance) {
    byte[] bytes = Arrays.copyOf(cloud.bytes(), PREFIX_BYTES + RANDOM_BYTES);
    System.arraycopy(chance.bytes(RANDOM_BYTES), 0, bytes, PREFIX_BYTES, RANDOM_BYTES);
    return MARK + base32(bytes);
  }

  /// The first bytes of the key of the cloud that an id belongs to, or nothing where the id cannot
  /// be one of ours.
  static Optional<byte[]> cloudPrefix(String id) {
    int length = MARK.length() + base32Length(PREFIX_BYTES + RANDOM_BYTES);
    if (id.length() != length || !id.startsWith(MARK)) {
      return Optional.empty();
    }
    byte[] prefix = new byte[PREFIX_BYTES];
    long bits = 0;
    for (int i = 0; i < base32Length(PREFIX_BYTES); i++) {
      int digit = ALPHABET.indexOf(id.charAt(MARK.length() + i));
      if (digit < 0) {
        return Optional.empty();
      }
      bits = bits << BITS | digit;
    }
    for (int i = PREFIX_BYTES - 1; i >= 0; i--) {
      prefix[i] = (byte) bits;
      bits >>>= Byte.SIZE;
    }
    return Optional.of(prefix);
  }

  /// @param bytes a multiple of five of them
  static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder(base32Length(bytes.length));
    long bits = 0;
    int held = 0;
    for (byte next : bytes) {
      bits = bits << Byte.SIZE | Byte.toUnsignedInt(next);
      held += Byte.SIZE;
      while (held >= BITS) {
        held -= BITS;
        text.append(ALPHABET.charAt((int) (bits >>> held) & (1 << BITS) - 1));
      }
    }
    return text.toString();
  }

  private static int base32Length(int bytes) {
    return bytes * Byte.SIZE / BITS;
  }
}
