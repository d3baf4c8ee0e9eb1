package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into tokens.
final class ExpressionLexer {
  /// DynamoDB's limit for one expression, in bytes.
  static final int MAXIMUM_BYTES = 4096;

  private final String text;
  private int at;

  private ExpressionLexer(String text) {
    this.text = text;
  }

  /// What a token is.
  enum Kind {
    /// A name or a keyword.
    WORD,
    /// A name's placeholder, `#n`.
    NAME,
    /// A value's placeholder, `:v`.
    VALUE,
    /// A position in a list.
    NUMBER,
    /// One of `( ) [ ] , . + - = < > <= >= <>`.
    SYMBOL,
    /// A character that no expression has.
    OTHER,
    /// Behind the last token.
    END
  }

  /// A token and where in the expression it is: from `start` to before `end`.
  record Token(Kind kind, String text, int start, int end) {
    boolean symbol(String wanted) {
      return kind == Kind.SYMBOL && text.equals(wanted);
    }

    boolean keyword(String wanted) {
      return kind == Kind.WORD && text.equalsIgnoreCase(wanted);
    }
  }

  /// The tokens of `text`, an end token last.
  ///
  /// @throws InvalidRequest if the expression is empty or longer than allowed
  static List<Token> tokens(ExpressionKind kind, String text) {
    if (text.isEmpty()) {
      throw kind.refuse("The expression can not be empty;");
    }
    int bytes = ItemSize.utf8(text);
    if (bytes > MAXIMUM_BYTES) {
      throw kind.refuse(
          "Expression size has exceeded the maximum allowed size; expression size: " + bytes);
    }
    return new ExpressionLexer(text).tokens();
  }

  static boolean partOfWord(int character) {
    return startOfWord(character) || digit(character) || character == '_';
  }

  private static boolean startOfWord(int character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  private static boolean digit(int character) {
    return character >= '0' && character <= '9';
  }

  private List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    while (true) {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      if (at == text.length()) {
        tokens.add(new Token(Kind.END, "<EOF>", at, at));
        return tokens;
      }
      tokens.add(next());
    }
  }

  private Token next() {
    int start = at;
    char first = text.charAt(at++);
    Kind kind;
    if (startOfWord(first)) {
      kind = Kind.WORD;
      word();
    } else if (digit(first)) {
      kind = Kind.NUMBER;
      while (at < text.length() && digit(text.charAt(at))) {
        at++;
      }
    } else if ((first == '#' || first == ':')
        && at < text.length()
        && partOfWord(text.charAt(at))) {
      kind = first == '#' ? Kind.NAME : Kind.VALUE;
      word();
    } else {
      kind = symbol(first) ? Kind.SYMBOL : Kind.OTHER;
    }
    return new Token(kind, text.substring(start, at), start, at);
  }

  private void word() {
    while (at < text.length() && partOfWord(text.charAt(at))) {
      at++;
    }
  }

  private boolean symbol(char first) {
    if (first != '<' && first != '>') {
      return "()[],.+-=".indexOf(first) >= 0;
    }
    boolean two =
        at < text.length() && (text.charAt(at) == '=' || (first == '<' && text.charAt(at) == '>'));
    if (two) {
      at++;
    }
    return true;
  }
}
