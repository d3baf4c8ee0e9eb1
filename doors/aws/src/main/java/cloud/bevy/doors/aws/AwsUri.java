package cloud.bevy.doors.aws;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// URI encoding as AWS defines it for signatures and for `encoding-type=url`: every byte of the
/// UTF-8 form is `%XX` in upper case, except letters, digits, `-`, `.`, `_` and `~`.
final class AwsUri {
  private static final String HEX = "0123456789ABCDEF";
  private static final String UNRESERVED = "-._~";

  private AwsUri() {}

  /// Encodes everything but the unreserved characters.
  static String encode(String text) {
    return encode(text, "");
  }

  /// Encodes everything but the unreserved characters and `/`.
  static String encodePath(String path) {
    return encode(path, "/");
  }

  /// Encodes the bytes of something that need not be text.
  static String encode(byte[] bytes, String kept) {
    StringBuilder out = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      int c = b & 0xff;
      if (isUnreserved(c) || kept.indexOf(c) >= 0) {
        out.append((char) c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  /// Decodes `%XX`; a `+` stays a `+`.
  ///
  /// @return nothing where an escape is cut short or not hexadecimal, or where the bytes are not
  ///   UTF-8
  static Optional<String> decode(String text) {
    return decodeBytes(text).flatMap(AwsUri::utf8);
  }

  /// Decodes a name or value of a query string, where `+` stands for a space.
  static Optional<String> decodeQuery(String text) {
    return decode(text.indexOf('+') < 0 ? text : text.replace('+', ' '));
  }

  private static String encode(String text, String kept) {
    return encode(text.getBytes(StandardCharsets.UTF_8), kept);
  }

  private static Optional<ByteBuffer> decodeBytes(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        out.put(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      out.put((byte) (high << 4 | low));
      i += 2;
    }
    return Optional.of(out.flip());
  }

  private static Optional<String> utf8(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }
}
