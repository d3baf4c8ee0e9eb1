package cloud.bevy.services.tables;

import cloud.bevy.services.tables.ExpressionLexer.Kind;
import cloud.bevy.services.tables.ExpressionLexer.Token;
import cloud.bevy.services.tables.ExpressionProblems.Problem;
import java.util.ArrayList;
import java.util.List;

/// What the readers of all expressions share: the tokens, paths, values and the limit of operators.
final class ExpressionReader {
  /// DynamoDB's limit of operators and functions in one expression.
  static final int MAXIMUM_OPERATORS = 300;

  /// Names and positions of a path.
  static final int MAXIMUM_LEVELS = 32;

  private static final int MAXIMUM_INDEX_DIGITS = 9;

  private final ExpressionKind kind;
  private final String text;
  private final List<Token> tokens;
  private final ExpressionNames names;
  private final ExpressionProblems problems;
  private int at;
  private int operators;

  ExpressionReader(ExpressionKind kind, String text, ExpressionNames names) {
    this.kind = kind;
    this.text = text;
    this.names = names;
    tokens = ExpressionLexer.tokens(kind, text);
    problems = new ExpressionProblems(kind);
  }

  ExpressionProblems problems() {
    return problems;
  }

  /// How many tokens have been read.
  int position() {
    return at;
  }

  Token peek() {
    return tokens.get(at);
  }

  /// The token after the next.
  Token second() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  boolean takeSymbol(String symbol) {
    return peek().symbol(symbol) && next() != null;
  }

  boolean takeKeyword(String keyword) {
    return peek().keyword(keyword) && next() != null;
  }

  void expectSymbol(String symbol) {
    if (!takeSymbol(symbol)) {
      throw unexpected();
    }
  }

  void expectEnd() {
    if (peek().kind() != Kind.END) {
      throw unexpected();
    }
  }

  /// A refusal that shows the next token and its neighbours, which the syntax does not allow.
  InvalidRequest unexpected() {
    Token token = peek();
    Token first = tokens.get(Math.max(at - 1, 0));
    Token last = tokens.get(Math.min(at + 1, tokens.size() - 1));
    int end = token.kind() == Kind.END || last.kind() == Kind.END ? lastEnd() : last.end();
    return kind.refuse(
        "Syntax error; token: \"%s\", near: \"%s\""
            .formatted(token.text(), text.substring(first.start(), end)));
  }

  private int lastEnd() {
    return tokens.size() < 2 ? text.length() : tokens.get(tokens.size() - 2).end();
  }

  /// Counts an operator or function.
  void countOperator() {
    operators++;
    if (operators > MAXIMUM_OPERATORS) {
      throw tooManyOperators();
    }
  }

  InvalidRequest tooManyOperators() {
    return kind.refuse(
        "The expression has more operators than allowed; maximum: " + MAXIMUM_OPERATORS);
  }

  /// Whether a path begins here.
  boolean atPath() {
    return peek().kind() == Kind.WORD || peek().kind() == Kind.NAME;
  }

  DocumentPath path() {
    String attribute = pathName();
    List<DocumentPath.Step> steps = new ArrayList<>();
    while (true) {
      if (takeSymbol(".")) {
        steps.add(new DocumentPath.Step.Entry(pathName()));
      } else if (takeSymbol("[")) {
        steps.add(new DocumentPath.Step.Element(index()));
        expectSymbol("]");
      } else {
        if (steps.size() >= MAXIMUM_LEVELS) {
          throw kind.refuse(
              "The document path has too many nesting levels; nesting levels: "
                  + (steps.size() + 1));
        }
        return new DocumentPath(attribute, steps);
      }
    }
  }

  private int index() {
    Token token = peek();
    if (token.kind() != Kind.NUMBER) {
      throw unexpected();
    }
    if (token.text().length() > MAXIMUM_INDEX_DIGITS) {
      throw kind.refuse(
          "List index is not within the allowable range; index: [" + token.text() + "]");
    }
    return Integer.parseInt(next().text());
  }

  private String pathName() {
    Token token = peek();
    if (token.kind() == Kind.NAME) {
      String name = names.name(next().text());
      if (name == null) {
        problems.note(
            Problem.UNDEFINED_NAME,
            "An expression attribute name used in the document path is not defined; attribute"
                + " name: "
                + token.text());
        return token.text();
      }
      return name;
    }
    if (token.kind() != Kind.WORD) {
      throw unexpected();
    }
    if (ReservedWords.contains(token.text())) {
      problems.note(
          Problem.RESERVED_WORD,
          "Attribute name is a reserved keyword; reserved keyword: " + token.text());
    }
    return next().text();
  }

  /// The value of the placeholder that is the next token.
  AttributeValue value() {
    Token token = peek();
    if (token.kind() != Kind.VALUE) {
      throw unexpected();
    }
    AttributeValue value = names.value(next().text());
    if (value == null) {
      problems.note(
          Problem.UNDEFINED_VALUE,
          "An expression attribute value used in expression is not defined; attribute value: "
              + token.text());
      return new AttributeValue.Null();
    }
    return value;
  }
}
