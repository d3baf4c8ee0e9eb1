package cloud.bevy.foundation.extraction;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/// Reads text that is nothing else: in the charset of its byte order mark, or the one it is said to
/// be in, or UTF-8, or else Latin-1. Of a long one only the beginning is read.
final class PlainText {
  private static final int BYTES_A_CHARACTER = 4;

  private PlainText() {}

  static Extracted read(Document document, int most) throws IOException {
    byte[] bytes;
    int wanted = Math.multiplyExact(most, BYTES_A_CHARACTER);
    try (InputStream in = document.content().open()) {
      bytes = in.readNBytes(wanted);
    }
    boolean whole = bytes.length >= document.size();
    String text = decoded(bytes, document.charset(), whole);
    if (text.indexOf('\0') >= 0) {
      return Extracted.none("it is not text: it has bytes that no text has");
    }
    String title = document.format() == DocumentFormat.MARKDOWN ? Markdown.title(text) : "";
    Extracted extracted = Extracted.of(title, text, most);
    return whole || !extracted.problem().isEmpty()
        ? extracted
        : new Extracted(title, text, Extracted.cut(text.length()));
  }

  /// @param whole whether the last character is there in full
  static String decoded(byte[] bytes, String charset, boolean whole) {
    Mark mark = Mark.of(bytes);
    if (mark != null) {
      return replacing(bytes, mark.length(), mark.charset());
    }
    Charset said = named(charset);
    if (said != null && !said.equals(StandardCharsets.UTF_8)) {
      return replacing(bytes, 0, said);
    }
    String text = strict(bytes, whole);
    return text == null ? replacing(bytes, 0, StandardCharsets.ISO_8859_1) : text;
  }

  private static @Nullable Charset named(String name) {
    try {
      return name.isEmpty() ? null : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
      return null;
    }
  }

  private static String replacing(byte[] bytes, int from, Charset charset) {
    return new String(bytes, from, bytes.length - from, charset);
  }

  /// The text, if it is UTF-8.
  private static @Nullable String strict(byte[] bytes, boolean whole) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    try {
      CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, whole);
      if (result.isError()) {
        result.throwException();
      }
      return text.flip().toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  /// What a text may begin with to say how it is written.
  private record Mark(int length, Charset charset) {
    static @Nullable Mark of(byte[] bytes) {
      int first = at(bytes, 0);
      int second = at(bytes, 1);
      if (first == 0xef && second == 0xbb && at(bytes, 2) == 0xbf) {
        return new Mark(3, StandardCharsets.UTF_8);
      } else if (first == 0xfe && second == 0xff) {
        return new Mark(2, StandardCharsets.UTF_16BE);
      }
      return first == 0xff && second == 0xfe ? new Mark(2, StandardCharsets.UTF_16LE) : null;
    }

    private static int at(byte[] bytes, int index) {
      return index < bytes.length ? bytes[index] & 0xff : -1;
    }
  }
}
