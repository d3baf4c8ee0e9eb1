package cloud.bevy.services.tables;

import cloud.bevy.services.tables.ExpressionLexer.Kind;
import cloud.bevy.services.tables.ExpressionLexer.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads condition, filter and key condition expressions: `OR` binds less than `AND`, that less
/// than `NOT`, that less than comparisons.
public final class ConditionParser {
  /// The most operands of `IN`.
  static final int MAXIMUM_CANDIDATES = 100;

  /// Parentheses within each other; more would need more operators than allowed.
  static final int MAXIMUM_DEPTH = ExpressionReader.MAXIMUM_OPERATORS;

  private static final int MAXIMUM_NESTED = 32;

  private final ExpressionReader reader;
  private final ConditionChecks checks;
  private int depth;
  private int nested;

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

  /// What stands between a parenthesis and the next at its level: `OR` of `AND` of negations.
  ///
  /// @param opened the token of the parenthesis
  private record Level(int opened, Sum sum) {
    /// What has been read of a level: the last conjunction, and those before it.
    static final class Sum {
      private @Nullable Condition before;
      private @Nullable Condition last;
      private @Nullable ConditionTerm alone;
      private int negations;
    }
  }

  /// Reads a condition up to the end of the expression or the parenthesis that nobody here opened.
  /// Parentheses are kept in a list, not on the stack: strangers choose how many there are.
  private ConditionTerm disjunction() {
    Deque<Level> outer = new ArrayDeque<>();
    Level level = new Level(-1, new Level.Sum());
    while (true) {
      while (reader.peek().keyword("NOT")) {
        operator();
        level.sum().negations++;
      }
      if (reader.peek().symbol("(")) {
        enter();
        outer.push(level);
        level = new Level(reader.position(), new Level.Sum());
        reader.next();
        continue;
      }
      ConditionTerm term = comparison(term());
      add(level.sum(), term);
      while (!takeOperator(level.sum())) {
        if (outer.isEmpty()) {
          return whole(level.sum());
        }
        ConditionTerm inner = whole(level.sum());
        close(level.opened());
        level = outer.pop();
        add(level.sum(), comparison(inner));
      }
    }
  }

  /// Takes in a term at the end of a level.
  private void add(Level.Sum sum, ConditionTerm term) {
    if (sum.negations == 0 && sum.last == null && sum.before == null) {
      sum.alone = term;
      return;
    }
    Condition condition = condition(term);
    for (; sum.negations > 0; sum.negations--) {
      condition = new Condition.Not(condition);
    }
    sum.last = sum.last == null ? condition : new Condition.And(sum.last, condition);
  }

  /// Takes the `AND` or `OR` that is next, if one is.
  private boolean takeOperator(Level.Sum sum) {
    boolean or = reader.peek().keyword("OR");
    if (!or && !reader.peek().keyword("AND")) {
      return false;
    }
    settle(sum);
    if (or) {
      Condition last = Objects.requireNonNull(sum.last);
      sum.before = sum.before == null ? last : new Condition.Or(sum.before, last);
      sum.last = null;
    }
    operator();
    return true;
  }

  /// Makes a condition of the term that has been alone so far.
  private void settle(Level.Sum sum) {
    if (sum.alone != null) {
      sum.last = condition(sum.alone);
      sum.alone = null;
    }
  }

  /// All that a level says.
  private ConditionTerm whole(Level.Sum sum) {
    if (sum.alone != null) {
      return sum.alone;
    }
    Condition last = Objects.requireNonNull(sum.last);
    return sum.before == null ? last : new Condition.Or(sum.before, last);
  }

  private void close(int opened) {
    if (lastOpened == opened + 1 && lastClosed == reader.position() - 1) {
      checks.redundantParentheses();
    }
    lastOpened = opened;
    lastClosed = reader.position();
    reader.expectSymbol(")");
    depth--;
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

  /// A term, or the comparison that it is the left side of.
  private ConditionTerm comparison(ConditionTerm left) {
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

  /// An operand in parentheses.
  private ConditionTerm parenthesised() {
    enter();
    nest();
    int opened = reader.position();
    reader.next();
    ConditionTerm inner = disjunction();
    close(opened);
    nested--;
    return inner;
  }

  /// Counts what is read by calls within each other. Operands that lie deeper mean nothing.
  private void nest() {
    nested++;
    if (nested > MAXIMUM_NESTED) {
      throw reader.tooManyOperators();
    }
  }

  private ConditionTerm function() {
    String name = reader.next().text();
    reader.countOperator();
    nest();
    reader.next();
    List<ConditionTerm> arguments = new ArrayList<>();
    do {
      arguments.add(term());
    } while (reader.takeSymbol(","));
    reader.expectSymbol(")");
    nested--;
    return checks.function(name, arguments);
  }
}
