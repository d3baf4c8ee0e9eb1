package cloud.bevy.doors.aws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The smallest parts of Amazon Ion as text: names, quoted texts, numbers, and what is between
/// them.
final class IonTokens {
  /// Bytes that are looked at before they are taken.
  private static final int AHEAD = 3;

  private static final String LONG_QUOTE = "'''";
  private static final int CONTROL = 0x20;

  private final ByteFeed feed;
  private final int[] ahead = new int[AHEAD];
  private int held;
  private int left;

  IonTokens(ByteFeed feed) {
    this.feed = feed;
  }

  /// What comes next belongs to another value at the top.
  void begin() {
    left = IonLimits.MOST_BYTES;
  }

  /// The byte that is so many behind the next; -1 behind the last.
  int peek(int behind) throws IOException {
    while (held <= behind) {
      ahead[held++] = feed.next();
    }
    return ahead[behind];
  }

  /// Takes a byte; -1 behind the last.
  int next() throws IOException {
    int next = peek(0);
    System.arraycopy(ahead, 1, ahead, 0, AHEAD - 1);
    held--;
    left--;
    if (left < 0) {
      throw new IonFault("a value has more than " + IonLimits.MOST_BYTES + " bytes");
    }
    return next;
  }

  /// Takes what is expected, if it is there.
  boolean took(String expected) throws IOException {
    for (int i = 0; i < expected.length(); i++) {
      if (peek(i) != expected.charAt(i)) {
        return false;
      }
    }
    for (int i = 0; i < expected.length(); i++) {
      next();
    }
    return true;
  }

  /// Passes over space.
  void space() throws IOException {
    while (isSpace(peek(0))) {
      next();
    }
  }

  private static boolean isSpace(int next) {
    return next == ' ' || (next >= '\t' && next <= '\r');
  }

  /// Passes over space and comments.
  void skip() throws IOException {
    while (true) {
      space();
      if (took("//")) {
        while (peek(0) >= 0 && peek(0) != '\n' && peek(0) != '\r') {
          next();
        }
      } else if (took("/*")) {
        while (!took("*/")) {
          if (next() < 0) {
            throw new IonFault("a comment has no end");
          }
        }
      } else {
        return;
      }
    }
  }

  static boolean beginsName(int next) {
    return (next >= 'a' && next <= 'z')
        || (next >= 'A' && next <= 'Z')
        || next == '_'
        || next == '$';
  }

  private static boolean isDigit(int next) {
    return next >= '0' && next <= '9';
  }

  /// Takes a name that is not quoted.
  String name() throws IOException {
    if (!beginsName(peek(0))) {
      throw new IonFault("it is no Ion");
    }
    StringBuilder name = new StringBuilder();
    while (beginsName(peek(0)) || isDigit(peek(0))) {
      name.append((char) next());
    }
    return name.toString();
  }

  /// Takes what may be a number.
  String digits() throws IOException {
    StringBuilder digits = new StringBuilder();
    while (beginsName(peek(0)) || isDigit(peek(0)) || "+-.:".indexOf(peek(0)) >= 0) {
      digits.append((char) next());
      IonLimits.checkDigits(digits.length());
    }
    return digits.toString();
  }

  boolean longQuote() throws IOException {
    return peek(0) == '\'' && peek(1) == '\'' && peek(2) == '\'';
  }

  /// Takes a text between quotes.
  String quoted(char quote) throws IOException {
    next();
    Text text = new Text();
    while (peek(0) != quote) {
      if (peek(0) < CONTROL && peek(0) != '\t') {
        throw new IonFault("a text has no end");
      }
      text.take();
    }
    next();
    return text.end();
  }

  /// Takes texts between three quotes, which are one.
  String longText() throws IOException {
    if (!longQuote()) {
      throw new IonFault("it is no Ion");
    }
    Text text = new Text();
    while (took(LONG_QUOTE)) {
      while (!took(LONG_QUOTE)) {
        if (peek(0) == '\r') {
          next();
          if (peek(0) != '\n') {
            text.bytes.write('\n');
          }
        } else if (peek(0) < 0) {
          throw new IonFault("a text has no end");
        } else {
          text.take();
        }
      }
      skip();
    }
    return text.end();
  }

  /// A text that is being read.
  private final class Text {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder before = new StringBuilder();

    /// Takes a byte, or what a backslash stands before.
    void take() throws IOException {
      int next = next();
      if (next == '\\') {
        escape(next());
      } else {
        bytes.write(next);
      }
    }

    private void escape(int kind) throws IOException {
      switch (kind) {
        case '0' -> bytes.write(0);
        case 'a' -> bytes.write(7);
        case 'b' -> bytes.write('\b');
        case 't' -> bytes.write('\t');
        case 'n' -> bytes.write('\n');
        case 'f' -> bytes.write('\f');
        case 'r' -> bytes.write('\r');
        case 'v' -> bytes.write(11);
        case '"', '\'', '?', '\\', '/' -> bytes.write(kind);
        case '\n' -> {}
        case '\r' -> took("\n");
        case 'x' -> append(hex(2));
        case 'u' -> append(hex(4));
        case 'U' -> append(hex(8));
        default -> throw new IonFault("a text has an unknown escape");
      }
    }

    private int hex(int digits) throws IOException {
      long value = 0;
      for (int i = 0; i < digits; i++) {
        int digit = Character.digit(next(), 16);
        if (digit < 0) {
          throw new IonFault("a text has an unknown escape");
        }
        value = (value << 4) | digit;
      }
      if (value > Character.MAX_CODE_POINT) {
        throw new IonFault("a text has a character that is none");
      }
      return (int) value;
    }

    /// Halves of a pair may come one after the other.
    private void append(int character) throws IonFault {
      flush();
      before.appendCodePoint(character);
    }

    private void flush() throws IonFault {
      try {
        before.append(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())));
        bytes.reset();
      } catch (CharacterCodingException malformed) {
        throw new IonFault("a text is no UTF-8");
      }
    }

    String end() throws IonFault {
      flush();
      try {
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(before));
      } catch (CharacterCodingException alone) {
        throw new IonFault("a text has half a character");
      }
      return before.toString();
    }
  }
}
