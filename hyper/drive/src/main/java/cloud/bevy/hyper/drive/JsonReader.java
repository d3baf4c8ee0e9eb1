package cloud.bevy.hyper.drive;

/// Reads JSON (RFC 8259) from a string, one step after the other, as much of it as entries need.
/// What is not needed is skipped, and still has to be well-formed.
final class JsonReader {
  private static final int MAX_DEPTH = 100;
  private static final int HEX = 16;

  private final String text;
  private int position;

  JsonReader(String text) {
    this.text = text;
  }

  /// Calls `member` at the value of each member of the object that comes next.
  void object(Member member) throws MalformedException {
    expect('{');
    if (take('}')) {
      return;
    }
    do {
      String name = string();
      expect(':');
      member.read(name);
    } while (take(','));
    expect('}');
  }

  /// Reads the value of a member.
  interface Member {
    void read(String name) throws MalformedException;
  }

  /// Whether `null` comes next, which is then taken.
  boolean takeNull() {
    return takeWord("null");
  }

  boolean bool() throws MalformedException {
    if (takeWord("true")) {
      return true;
    }
    if (takeWord("false")) {
      return false;
    }
    throw new MalformedException("true or false is missing" + where());
  }

  /// A number that counts something: a whole one below 2^53.
  long count() throws MalformedException {
    String number = raw();
    if (number.isEmpty() || number.length() > 16 || !number.chars().allMatch(JsonReader::digit)) {
      throw new MalformedException("a whole number is missing" + where());
    }
    long count = Long.parseLong(number);
    if (count > (1L << 53) - 1) {
      throw new MalformedException("a number is too large" + where());
    }
    return count;
  }

  String string() throws MalformedException {
    expect('"');
    StringBuilder result = new StringBuilder();
    for (char next = next(); next != '"'; next = next()) {
      if (next < ' ') {
        throw new MalformedException("a string has a control character" + where());
      }
      result.append(next == '\\' ? escaped() : next);
    }
    return result.toString();
  }

  private char escaped() throws MalformedException {
    char kind = next();
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw new MalformedException("a string has an unknown escape" + where());
    };
  }

  private char unicode() throws MalformedException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), HEX);
      if (digit < 0) {
        throw new MalformedException("a string has a broken escape" + where());
      }
      code = code * HEX + digit;
    }
    return (char) code;
  }

  /// The value that comes next, as it is written.
  String raw() throws MalformedException {
    space();
    int start = position;
    skip(0);
    return text.substring(start, position);
  }

  private void skip(int depth) throws MalformedException {
    if (depth == MAX_DEPTH) {
      throw new MalformedException("values are nested too deeply" + where());
    }
    switch (peek()) {
      case '{' -> object(_ -> skip(depth + 1));
      case '[' -> skipArray(depth);
      case '"' -> string();
      default -> skipWord();
    }
  }

  private void skipArray(int depth) throws MalformedException {
    expect('[');
    if (take(']')) {
      return;
    }
    do {
      skip(depth + 1);
    } while (take(','));
    expect(']');
  }

  private void skipWord() throws MalformedException {
    int start = position;
    while (position < text.length() && inWord(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw new MalformedException("a value is missing" + where());
    }
  }

  /// What numbers, `true`, `false` and `null` are made of.
  static boolean inWord(char c) {
    return digit(c) || (c >= 'a' && c <= 'z') || c == 'E' || c == '+' || c == '-' || c == '.';
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  /// Checks that nothing more comes.
  void end() throws MalformedException {
    space();
    if (position != text.length()) {
      throw new MalformedException("more than one value is there" + where());
    }
  }

  private boolean takeWord(String word) {
    space();
    int end = position + word.length();
    if (!text.startsWith(word, position) || (end < text.length() && inWord(text.charAt(end)))) {
      return false;
    }
    position = end;
    return true;
  }

  private boolean take(char wanted) throws MalformedException {
    if (peek() != wanted) {
      return false;
    }
    position++;
    return true;
  }

  private void expect(char wanted) throws MalformedException {
    if (!take(wanted)) {
      throw new MalformedException("'" + wanted + "' is missing" + where());
    }
  }

  private char peek() throws MalformedException {
    space();
    if (position == text.length()) {
      throw new MalformedException("the text ends early");
    }
    return text.charAt(position);
  }

  private char next() throws MalformedException {
    if (position == text.length()) {
      throw new MalformedException("the text ends early");
    }
    return text.charAt(position++);
  }

  private void space() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private String where() {
    return " at character " + position;
  }
}
