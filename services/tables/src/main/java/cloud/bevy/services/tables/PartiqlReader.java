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
      throw PartiqlLexer.wrong("Unexpected token after expression");
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
      } else if (peek().symbol("[") && (second().kind() == Kind.NUMBER || second().symbol("-"))) {
        next();
        steps.add(new DocumentPath.Step.Element(index(take("-"))));
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

  private int index(boolean negative) {
    Token token = next();
    boolean whole = token.kind() == Kind.NUMBER && token.text().matches("[0-9]{1,9}");
    if (!whole || (negative && Integer.parseInt(token.text()) > 0)) {
      throw new InvalidRequest(
          "List index is not within the allowable range; index: [%s%s]%s"
              .formatted(negative ? "-" : "", token.text(), token.place()));
    }
    return Integer.parseInt(token.text());
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
          case "<<" -> bag();
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

  private AttributeValue bag() {
    List<String> texts = new ArrayList<>();
    List<AttributeValue> values = new ArrayList<>();
    if (take(">>")) {
      throw new InvalidRequest("Empty bags are not supported");
    }
    do {
      Token first = peek();
      String text = first.symbol("-") ? "-" + second().text() : first.text();
      values.add(value());
      texts.add(first.symbol("?") ? String.valueOf(values.getLast()) : text);
    } while (take(","));
    expect(">>");
    return set(values, texts);
  }

  private static AttributeValue set(List<AttributeValue> values, List<String> shown) {
    SequencedSet<String> texts = new LinkedHashSet<>();
    SequencedSet<Decimal> numbers = new LinkedHashSet<>();
    SequencedSet<Binary> binaries = new LinkedHashSet<>();
    for (AttributeValue value : values) {
      switch (value) {
        case AttributeValue.S(String text) -> texts.add(text);
        case AttributeValue.N(Decimal number) -> numbers.add(number);
        case AttributeValue.B(Binary bytes) -> binaries.add(bytes);
        default -> throw mixed();
      }
    }
    if (numbers.isEmpty() && binaries.isEmpty()) {
      checkDistinct(texts.size(), shown, ".");
      return new AttributeValue.SS(texts);
    }
    if (texts.isEmpty() && binaries.isEmpty()) {
      checkDistinct(numbers.size(), shown, "! under root");
      return new AttributeValue.NS(numbers);
    }
    if (texts.isEmpty() && numbers.isEmpty()) {
      checkDistinct(binaries.size(), shown, ".");
      return new AttributeValue.BS(binaries);
    }
    throw mixed();
  }

  private static void checkDistinct(int different, List<String> shown, String end) {
    if (different < shown.size()) {
      throw InvalidRequest.parameter("Input collection " + shown + " contains duplicates" + end);
    }
  }

  private static InvalidRequest mixed() {
    return new InvalidRequest(
        "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
  }
}
