package cloud.bevy.doors.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text beyond ASCII in headers, as RFC 2047 writes it: `=?UTF-8?Q?=C3=A4?=`. S3 reads user
/// metadata that comes so, and gives it back so where it is not ASCII ("Working with object
/// metadata" in the Amazon S3 User Guide).
final class EncodedWords {
  /// A word has at most 75 letters (RFC 2047, section 2), 12 of them around the text.
  private static final int MOST_LETTERS = 63;

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
    int letters = text.codePointCount(0, text.length());
    long readable = text.codePoints().filter(EncodedWords::isReadable).count();
    StringBuilder words = new StringBuilder();
    write(words, text, readable > letters - readable);
    return words.toString();
  }

  /// Adds a word, or as many as it takes.
  ///
  /// @param quoted whether what is ASCII stays readable, as most of it is
  private static void write(StringBuilder words, String text, boolean quoted) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String word = quoted ? quoted(utf8) : Base64.getEncoder().encodeToString(utf8);
    int letters = text.codePointCount(0, text.length());
    if (word.length() > MOST_LETTERS && letters > 1) {
      int middle = text.offsetByCodePoints(0, letters / 2);
      write(words, text.substring(0, middle), quoted);
      write(words, text.substring(middle), quoted);
      return;
    }
    words.append(words.isEmpty() ? "" : " ").append(quoted ? "=?UTF-8?Q?" : "=?UTF-8?B?");
    words.append(word).append("?=");
  }

  private static boolean isReadable(int letter) {
    return letter >= ' ' && letter < 0x7f;
  }

  private static String quoted(byte[] utf8) {
    StringBuilder word = new StringBuilder();
    for (byte each : utf8) {
      char c = (char) (each & 0xff);
      if (c == ' ') {
        word.append('_');
      } else if (isReadable(c) && "=_?".indexOf(c) < 0) {
        word.append(c);
      } else {
        word.append('=').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return word.toString();
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
