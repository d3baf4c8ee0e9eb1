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

  record Token(Kind kind, String text) {
    boolean symbol(String wanted) {
      return kind == Kind.SYMBOL && text.equals(wanted);
    }

    boolean keyword(String wanted) {
      return kind == Kind.WORD && text.equalsIgnoreCase(wanted);
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
    tokens.add(new Token(Kind.END, "<EOF>"));
    return tokens;
  }

  static InvalidRequest wrong(String reason) {
    return new InvalidRequest("Statement wasn't well formed, can't be processed: " + reason);
  }

  private boolean skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private Token next() {
    char first = text.charAt(at);
    if (first == '\'' || first == '"') {
      return new Token(first == '"' ? Kind.NAME : Kind.STRING, quoted(first));
    }
    int start = at;
    if (Character.isDigit(first)) {
      number();
      return new Token(Kind.NUMBER, text.substring(start, at));
    }
    if (word(first)) {
      while (at < text.length() && (word(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
        at++;
      }
      return new Token(Kind.WORD, text.substring(start, at));
    }
    at += at + 2 <= text.length() && TWO.contains(text.substring(at, at + 2)) ? 2 : 1;
    return new Token(Kind.SYMBOL, text.substring(start, at));
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
