package cloud.bevy.doors.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text beyond ASCII in headers, as RFC 2047 writes it: `=?UTF-8?B?w6Q=?=`. S3 reads user metadata
/// that comes so, and gives it back so where it is not ASCII ("Working with object metadata" in the
/// Amazon S3 User Guide).
final class EncodedWords {
  /// A word has at most 75 letters (RFC 2047, section 2), 12 of them around the text.
  private static final int MOST_BYTES = 45;

  private static final int HEX = 16;
  private static final Pattern WORD =
      Pattern.compile("=\\?([A-Za-z0-9_-]{1,20})\\?([BbQq])\\?([!->@-~]*)\\?=");
  private static final Map<String, Charset> CHARSETS =
      Map.of(
          "utf-8", StandardCharsets.UTF_8,
          "iso-8859-1", StandardCharsets.ISO_8859_1,
          "us-ascii", StandardCharsets.US_ASCII);

  private EncodedWords() {}

  /// The text as a header has it: as it is where it is ASCII.
  static String write(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    StringBuilder words = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      int to = end(text, from);
      byte[] utf8 = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
      words.append(words.isEmpty() ? "=?UTF-8?B?" : " =?UTF-8?B?");
      words.append(Base64.getEncoder().encodeToString(utf8)).append("?=");
      from = to;
    }
    return words.toString();
  }

  /// Where a word ends that begins there.
  private static int end(String text, int from) {
    int bytes = 0;
    int at = from;
    while (at < text.length()) {
      int letter = text.codePointAt(at);
      bytes += letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
      if (bytes > MOST_BYTES) {
        return at;
      }
      at += Character.charCount(letter);
    }
    return at;
  }

  /// The text that a header means. What is no such word stays as it is.
  static String read(String header) {
    Matcher matcher = WORD.matcher(header);
    StringBuilder text = new StringBuilder();
    int from = 0;
    boolean afterWord = false;
    while (matcher.find()) {
      Optional<String> word = word(matcher.group(1), matcher.group(2), matcher.group(3));
      if (word.isEmpty()) {
        continue;
      }
      String between = header.substring(from, matcher.start());
      text.append(afterWord && between.isBlank() ? "" : between).append(word.get());
      from = matcher.end();
      afterWord = true;
    }
    return from == 0 ? header : text.append(header.substring(from)).toString();
  }

  private static Optional<String> word(String charset, String encoding, String text) {
    Charset known = CHARSETS.get(charset.toLowerCase(Locale.ROOT));
    if (known == null) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = encoding.equalsIgnoreCase("B") ? base64(text) : quoted(text);
    return bytes
        .map(it -> new String(it, known))
        .filter(it -> it.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != 0xfffd));
  }

  private static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /// `=C3=A4_` is an ä and a space.
  private static Optional<byte[]> quoted(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '=') {
        bytes.write(c == '_' ? ' ' : c);
        continue;
      }
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), HEX) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), HEX);
      if (low < 0) {
        return Optional.empty();
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return Optional.of(bytes.toByteArray());
  }
}
