package cloud.bevy.hyper.wire;

import java.util.Arrays;
import java.util.HexFormat;

/// Keys as people see them: 52 characters of z-base-32, or 64 hexadecimal digits.
public final class Ids {
  /// The size of a key, in bytes.
  public static final int KEY = 32;

  private static final String ALPHABET = "ybndrfg8ejkmcpqxot1uwisza345h769";
  private static final String SCHEME = "pear://";
  private static final int Z32_KEY = 52;

  private Ids() {}

  /// The usual text of a key: z-base-32.
  public static String encode(byte[] key) {
    if (key.length != KEY) {
      throw new IllegalArgumentException("a key has 32 bytes, not " + key.length);
    }
    return z32(key);
  }

  /// Reads a key: z-base-32, hexadecimal, or either behind `pear://`.
  public static byte[] decode(String id) throws MalformedException {
    String text = id.startsWith(SCHEME) ? id.substring(SCHEME.length()).split("/", 2)[0] : id;
    if (text.length() == Z32_KEY) {
      return Arrays.copyOf(unZ32(text), KEY);
    }
    if (text.length() == 2 * KEY) {
      return unHex(text);
    }
    throw new MalformedException("a key has 52 characters of z-base-32 or 64 digits");
  }

  /// Bytes as z-base-32, five bits a character, the last one filled up with zeros.
  public static String z32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = bytes.length * Byte.SIZE;
    for (int bit = 0; bit < bits; bit += 5) {
      int window = (at(bytes, bit >>> 3) << Byte.SIZE) | at(bytes, (bit >>> 3) + 1);
      text.append(ALPHABET.charAt((window >>> (11 - (bit & 7))) & 31));
    }
    return text.toString();
  }

  /// Reads z-base-32, as many bytes as the characters can fill in part.
  public static byte[] unZ32(String text) throws MalformedException {
    byte[] bytes = new byte[Math.toIntExact((text.length() * 5L + 7) / Byte.SIZE)];
    for (int at = 0; at < text.length(); at++) {
      int value = ALPHABET.indexOf(text.charAt(at));
      if (value < 0) {
        throw new MalformedException("character " + at + " is not of z-base-32");
      }
      int bit = at * 5;
      int window = value << (11 - (bit & 7));
      bytes[bit >>> 3] |= (byte) (window >>> Byte.SIZE);
      if ((bit >>> 3) + 1 < bytes.length) {
        bytes[(bit >>> 3) + 1] |= (byte) window;
      }
    }
    return bytes;
  }

  private static byte[] unHex(String text) throws MalformedException {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException _) {
      throw new MalformedException("a key has hexadecimal digits only");
    }
  }

  private static int at(byte[] bytes, int index) {
    return index < bytes.length ? bytes[index] & 0xff : 0;
  }
}
