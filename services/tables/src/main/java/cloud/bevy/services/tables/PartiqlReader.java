package cloud.bevy.services.tables;

import cloud.bevy.services.tables.PartiqlLexer.Kind;
import cloud.bevy.services.tables.PartiqlLexer.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// What the readers of all PartiQL statements share: tokens, names, paths and values.
final class PartiqlReader {
  private static final int MAXIMUM_DEPTH = 32;

  private final List<Token> tokens;
  private final List<AttributeValue> parameters;
  private int at;
  private int used;
  private int depth;

  PartiqlReader(String text, List<AttributeValue> parameters) {
    tokens = PartiqlLexer.tokens(text);
    this.parameters = parameters;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token second() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    at += token.kind() == Kind.END ? 0 : 1;
    return token;
  }

  boolean take(String word) {
    return (peek().symbol(word) || peek().keyword(word)) && next() != null;
  }

  void expect(String word) {
    if (!take(word)) {
      throw unexpected();
    }
  }

  /// @throws InvalidRequest if something follows, or parameters are left
  void expectEnd() {
    take(";");
    if (peek().kind() != Kind.END) {
      throw unexpected();
    }
    if (used != parameters.size()) {
      throw new InvalidRequest("Number of parameters in request and statement don't match.");
    }
  }

  InvalidRequest unexpected() {
    return PartiqlLexer.wrong("Unexpected token: " + peek().text());
  }

  /// One step down; to be followed by one up.
  void enter() {
    depth++;
    if (depth > MAXIMUM_DEPTH) {
      throw PartiqlLexer.wrong("it is nested more than " + MAXIMUM_DEPTH + " levels deep");
    }
  }

  void leave() {
    depth--;
  }

  String name() {
    if (peek().kind() != Kind.WORD && peek().kind() != Kind.NAME) {
      throw unexpected();
    }
    return next().text();
  }

  DocumentPath path() {
    String attribute = name();
    List<DocumentPath.Step> steps = new ArrayList<>();
    while (true) {
      if (take(".")) {
        steps.add(new DocumentPath.Step.Entry(name()));
      } else if (peek().symbol("[") && second().kind() == Kind.NUMBER) {
        next();
        steps.add(new DocumentPath.Step.Element(index(next().text())));
        expect("]");
      } else if (peek().symbol("[") && second().kind() == Kind.STRING) {
        next();
        steps.add(new DocumentPath.Step.Entry(next().text()));
        expect("]");
      } else {
        return new DocumentPath(attribute, steps);
      }
    }
  }

  private static int index(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw PartiqlLexer.wrong("a list has no position " + text);
    }
    return Integer.parseInt(text);
  }

  /// Whether a value begins here.
  boolean atValue() {
    Token token = peek();
    return switch (token.kind()) {
      case STRING, NUMBER -> true;
      case SYMBOL -> List.of("?", "-", "[", "{", "<<").contains(token.text());
      case WORD -> token.keyword("TRUE") || token.keyword("FALSE") || token.keyword("NULL");
      case NAME, END -> false;
    };
  }

  AttributeValue value() {
    Token token = peek();
    if (!atValue()) {
      throw unexpected();
    }
    next();
    return switch (token.kind()) {
      case STRING -> new AttributeValue.S(token.text());
      case NUMBER -> new AttributeValue.N(Decimal.parse(token.text()));
      case WORD ->
          token.keyword("NULL")
              ? new AttributeValue.Null()
              : new AttributeValue.Bool(token.keyword("TRUE"));
      case SYMBOL, NAME, END -> composed(token.text());
    };
  }

  private AttributeValue composed(String symbol) {
    enter();
    AttributeValue value =
        switch (symbol) {
          case "?" -> parameter();
          case "-" -> new AttributeValue.N(Decimal.parse("-" + next().text()));
          case "[" -> new AttributeValue.L(values("]"));
          case "<<" -> set(values(">>"));
          default -> new AttributeValue.M(entries());
        };
    leave();
    return value;
  }

  private AttributeValue parameter() {
    if (used == parameters.size()) {
      throw new InvalidRequest("Number of parameters in request and statement don't match.");
    }
    return parameters.get(used++);
  }

  /// Values with commas between them, and the symbol behind the last.
  List<AttributeValue> values(String end) {
    List<AttributeValue> values = new ArrayList<>();
    if (take(end)) {
      return values;
    }
    do {
      values.add(value());
    } while (take(","));
    expect(end);
    return values;
  }

  private SequencedMap<String, AttributeValue> entries() {
    SequencedMap<String, AttributeValue> entries = new LinkedHashMap<>();
    if (take("}")) {
      return entries;
    }
    do {
      if (peek().kind() != Kind.STRING) {
        throw unexpected();
      }
      String name = next().text();
      expect(":");
      entries.put(name, value());
    } while (take(","));
    expect("}");
    return entries;
  }

  private static AttributeValue set(List<AttributeValue> values) {
    SequencedSet<String> texts = new LinkedHashSet<>();
    SequencedSet<Decimal> numbers = new LinkedHashSet<>();
    SequencedSet<Binary> binaries = new LinkedHashSet<>();
    for (AttributeValue value : values) {
      switch (value) {
        case AttributeValue.S(String text) -> texts.add(text);
        case AttributeValue.N(Decimal number) -> numbers.add(number);
        case AttributeValue.B(Binary bytes) -> binaries.add(bytes);
        default -> throw PartiqlLexer.wrong("a set holds strings, numbers or bytes");
      }
    }
    if (texts.size() == values.size() && !texts.isEmpty()) {
      return new AttributeValue.SS(texts);
    }
    if (numbers.size() == values.size() && !numbers.isEmpty()) {
      return new AttributeValue.NS(numbers);
    }
    if (binaries.size() == values.size() && !binaries.isEmpty()) {
      return new AttributeValue.BS(binaries);
    }
    throw PartiqlLexer.wrong("a set holds different values of one type");
  }
}
