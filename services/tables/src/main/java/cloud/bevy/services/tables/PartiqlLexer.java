package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.List;

/// Cuts a PartiQL statement into tokens.
final class PartiqlLexer {
  /// DynamoDB's limit for one statement, in characters.
  static final int MAXIMUM_LENGTH = 8192;

  private static final List<String> TWO = List.of("<=", ">=", "<>", "!=", "<<", ">>");

  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  private PartiqlLexer(String text) {
    this.text = text;
  }

  /// What a token is.
  enum Kind {
    /// A name or a keyword.
    WORD,
    /// A name in double quotes, without them.
    NAME,
    /// A string in single quotes, without them.
    STRING,
    /// A number without a sign.
    NUMBER,
    /// All else.
    SYMBOL,
    /// Behind the last token.
    END
  }

  /// @param place where it stands
  record Token(Kind kind, String text, Place place) {
    boolean symbol(String wanted) {
      return kind == Kind.SYMBOL && text.equals(wanted);
    }

    boolean keyword(String wanted) {
      return kind == Kind.WORD && text.equalsIgnoreCase(wanted);
    }
  }

  /// Where a token stands: its line, its column, both from 1, and its length.
  record Place(int line, int column, int length) {
    @Override
    public String toString() {
      return " at " + line + ":" + column + ":" + length;
    }
  }

  /// The tokens of `text`, an end token last.
  ///
  /// @throws InvalidRequest if it is too long, or a quote is not closed
  static List<Token> tokens(String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw wrong("the statement has more than " + MAXIMUM_LENGTH + " characters");
    }
    PartiqlLexer lexer = new PartiqlLexer(text);
    List<Token> tokens = new ArrayList<>();
    while (lexer.skip()) {
      tokens.add(lexer.next());
    }
    tokens.add(lexer.token(Kind.END, "<EOF>", text.length()));
    return tokens;
  }

  static InvalidRequest wrong(String reason) {
    return new InvalidRequest("Statement wasn't well formed, can't be processed: " + reason);
  }

  /// Goes on to the next token, over blanks and comments.
  private boolean skip() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        line += text.charAt(at) == '\n' ? 1 : 0;
        at++;
        lineStart = text.charAt(at - 1) == '\n' ? at : lineStart;
      } else if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        comment();
      } else {
        return true;
      }
    }
    return false;
  }

  private void comment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw wrong("a comment is not closed");
    }
    for (int each = at; each < end; each++) {
      if (text.charAt(each) == '\n') {
        line++;
        lineStart = each + 1;
      }
    }
    at = end + 2;
  }

  private Token token(Kind kind, String content, int start) {
    return new Token(kind, content, new Place(line, start - lineStart + 1, at - start));
  }

  private Token next() {
    char first = text.charAt(at);
    int start = at;
    if (first == '\'' || first == '"') {
      String content = quoted(first);
      return token(first == '"' ? Kind.NAME : Kind.STRING, content, start);
    }
    if (Character.isDigit(first)) {
      number();
      return token(Kind.NUMBER, text.substring(start, at), start);
    }
    if (word(first)) {
      while (at < text.length() && (word(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
        at++;
      }
      return token(Kind.WORD, text.substring(start, at), start);
    }
    at += at + 2 <= text.length() && TWO.contains(text.substring(at, at + 2)) ? 2 : 1;
    return token(Kind.SYMBOL, text.substring(start, at), start);
  }

  private static boolean word(char character) {
    return Character.isLetter(character) || character == '_' || character == '$';
  }

  private void number() {
    while (at < text.length()) {
      char character = text.charAt(at);
      boolean sign =
          (character == '-' || character == '+')
              && Character.toLowerCase(text.charAt(at - 1)) == 'e';
      boolean part =
          Character.isDigit(character)
              || character == '.'
              || Character.toLowerCase(character) == 'e';
      if (!part && !sign) {
        return;
      }
      at++;
    }
  }

  /// A quote within is written twice.
  private String quoted(char quote) {
    StringBuilder content = new StringBuilder();
    at++;
    while (at < text.length()) {
      char character = text.charAt(at++);
      if (character != quote) {
        content.append(character);
      } else if (at < text.length() && text.charAt(at) == quote) {
        content.append(quote);
        at++;
      } else {
        return content.toString();
      }
    }
    throw wrong("a quote is not closed");
  }
}
