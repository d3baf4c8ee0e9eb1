package cloud.bevy.services.tables;

import cloud.bevy.services.tables.ExpressionLexer.Kind;
import cloud.bevy.services.tables.ExpressionLexer.Token;
import java.util.ArrayList;
import java.util.List;

/// Reads condition, filter and key condition expressions, by recursive descent: `OR` binds less
/// than `AND`, that less than `NOT`, that less than comparisons.
public final class ConditionParser {
  /// The most operands of `IN`.
  static final int MAXIMUM_CANDIDATES = 100;

  /// Parentheses and negations within each other; more would need more operators than allowed.
  static final int MAXIMUM_DEPTH = ExpressionReader.MAXIMUM_OPERATORS;

  private final ExpressionReader reader;
  private final ConditionChecks checks;
  private int depth;

  /// The tokens at which the last pair of parentheses opened and closed.
  private int lastOpened = -1;

  private int lastClosed = -1;

  private ConditionParser(ExpressionReader reader) {
    this.reader = reader;
    checks = new ConditionChecks(reader.problems());
  }

  /// The condition that `text` says.
  ///
  /// @throws InvalidRequest if it is not a condition, in DynamoDB's words
  public static Condition parse(ExpressionKind kind, String text, ExpressionNames names) {
    ConditionParser parser = new ConditionParser(new ExpressionReader(kind, text, names));
    return parser.parse();
  }

  private Condition parse() {
    Condition condition = condition(disjunction());
    reader.expectEnd();
    reader.problems().raise(ExpressionProblems.OF_CONDITIONS);
    return condition;
  }

  private ConditionTerm disjunction() {
    ConditionTerm left = conjunction();
    while (reader.peek().keyword("OR")) {
      Condition first = condition(left);
      operator();
      left = new Condition.Or(first, condition(conjunction()));
    }
    return left;
  }

  private ConditionTerm conjunction() {
    ConditionTerm left = negation();
    while (reader.peek().keyword("AND")) {
      Condition first = condition(left);
      operator();
      left = new Condition.And(first, condition(negation()));
    }
    return left;
  }

  private ConditionTerm negation() {
    if (!reader.peek().keyword("NOT")) {
      return comparison();
    }
    operator();
    enter();
    Condition inner = condition(negation());
    depth--;
    return new Condition.Not(inner);
  }

  private void operator() {
    reader.next();
    reader.countOperator();
  }

  private void enter() {
    depth++;
    if (depth > MAXIMUM_DEPTH) {
      throw reader.tooManyOperators();
    }
  }

  /// What was read as a term and has to be a condition; a bare operand is not one.
  private Condition condition(ConditionTerm term) {
    return switch (term) {
      case Condition condition -> condition;
      case Operand.Size _ -> {
        checks.misused("size");
        yield new Condition.AttributeExists(DocumentPath.of("size"));
      }
      case Operand.Path _, Operand.Literal _ -> throw reader.unexpected();
    };
  }

  private ConditionTerm comparison() {
    ConditionTerm left = term();
    Token token = reader.peek();
    for (Comparison comparison : Comparison.values()) {
      if (token.symbol(comparison.symbol())) {
        operator();
        Operand first = checks.operand(left);
        Operand second = checks.operand(term());
        checks.comparison(comparison, first, second);
        return new Condition.Compare(comparison, first, second);
      }
    }
    if (token.keyword("BETWEEN")) {
      return between(left);
    }
    return token.keyword("IN") ? in(left) : left;
  }

  private Condition between(ConditionTerm value) {
    operator();
    Operand found = checks.operand(value);
    Operand lower = checks.operand(term());
    if (!reader.takeKeyword("AND")) {
      throw reader.unexpected();
    }
    Operand upper = checks.operand(term());
    checks.between(lower, upper);
    return new Condition.Between(found, lower, upper);
  }

  private Condition in(ConditionTerm value) {
    operator();
    Operand found = checks.operand(value);
    List<Operand> candidates = new ArrayList<>();
    reader.expectSymbol("(");
    do {
      candidates.add(checks.operand(term()));
    } while (reader.takeSymbol(","));
    reader.expectSymbol(")");
    checks.candidates(candidates);
    return new Condition.In(found, candidates);
  }

  private ConditionTerm term() {
    Token token = reader.peek();
    if (token.symbol("(")) {
      return parenthesised();
    }
    if (token.kind() == Kind.VALUE) {
      return new Operand.Literal(reader.value());
    }
    if (token.kind() == Kind.WORD && reader.second().symbol("(")) {
      return function();
    }
    if (!reader.atPath() || keyword(token)) {
      throw reader.unexpected();
    }
    return new Operand.Path(reader.path());
  }

  private static boolean keyword(Token token) {
    return token.keyword("AND")
        || token.keyword("OR")
        || token.keyword("NOT")
        || token.keyword("IN")
        || token.keyword("BETWEEN");
  }

  private ConditionTerm parenthesised() {
    enter();
    int opened = reader.position();
    reader.next();
    ConditionTerm inner = disjunction();
    if (lastOpened == opened + 1 && lastClosed == reader.position() - 1) {
      checks.redundantParentheses();
    }
    lastOpened = opened;
    lastClosed = reader.position();
    reader.expectSymbol(")");
    depth--;
    return inner;
  }

  private ConditionTerm function() {
    String name = reader.next().text();
    reader.countOperator();
    enter();
    reader.next();
    List<ConditionTerm> arguments = new ArrayList<>();
    do {
      arguments.add(term());
    } while (reader.takeSymbol(","));
    reader.expectSymbol(")");
    depth--;
    return checks.function(name, arguments);
  }
}
