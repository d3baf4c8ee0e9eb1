package cloud.bevy.hyper.wire;

import java.nio.charset.StandardCharsets;

/// Texts as JavaScript writes them.
final class Text {
  private Text() {}

  /// UTF-8, with U+FFFD for each half of a surrogate pair that stands alone. Java would write a
  /// question mark.
  static byte[] utf8(String text) {
    return (wellFormed(text) ? text : repaired(text)).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean wellFormed(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        return repaired(text).equals(text);
      }
    }
    return true;
  }

  private static String repaired(String text) {
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints()
        .map(point ->
            point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point)
        .forEach(repaired::appendCodePoint);
    return repaired.toString();
  }
}
