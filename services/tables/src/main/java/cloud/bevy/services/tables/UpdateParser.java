package cloud.bevy.services.tables;

import cloud.bevy.services.tables.ExpressionLexer.Kind;
import cloud.bevy.services.tables.ExpressionProblems.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/// Reads update expressions: sections that begin with `SET`, `REMOVE`, `ADD` or `DELETE`.
public final class UpdateParser {
  /// Functions and parentheses within each other.
  static final int MAXIMUM_DEPTH = 100;

  private final ExpressionReader reader;
  private final ExpressionProblems problems;
  private final PathOverlaps overlaps;
  private final List<UpdateAction> actions = new ArrayList<>();
  private final Set<String> sections = new HashSet<>();
  private int depth;

  private UpdateParser(ExpressionReader reader) {
    this.reader = reader;
    problems = reader.problems();
    overlaps = new PathOverlaps(problems);
  }

  /// The update that `text` says.
  ///
  /// @throws InvalidRequest if it is not an update, in DynamoDB's words
  public static Update parse(String text, ExpressionNames names) {
    UpdateParser parser =
        new UpdateParser(new ExpressionReader(ExpressionKind.UPDATE, text, names));
    return parser.parse();
  }

  private Update parse() {
    do {
      section();
    } while (reader.peek().kind() != Kind.END);
    problems.raise(ExpressionProblems.OF_UPDATES);
    return new Update(actions);
  }

  private void section() {
    String section = reader.peek().text().toUpperCase(Locale.ROOT);
    Supplier<UpdateAction> action =
        switch (section) {
          case "SET" -> this::set;
          case "REMOVE" -> this::remove;
          case "ADD" -> this::add;
          case "DELETE" -> this::delete;
          default -> throw reader.unexpected();
        };
    reader.next();
    if (!sections.add(section)) {
      problems.note(
          Problem.REPEATED_SECTION,
          "The \"%s\" section can only be used once in an update expression;".formatted(section));
    }
    do {
      actions.add(action.get());
      reader.countOperator();
    } while (reader.takeSymbol(","));
  }

  private UpdateAction set() {
    DocumentPath path = target();
    reader.expectSymbol("=");
    return new UpdateAction.Set(path, sum());
  }

  /// An operand, or two and what is between them; the whole may stand in parentheses.
  private SetValue sum() {
    SetValue left;
    if (reader.takeSymbol("(")) {
      enter();
      left = sum();
      reader.expectSymbol(")");
      depth--;
    } else {
      left = operand();
    }
    boolean whole = left instanceof SetValue.Plus || left instanceof SetValue.Minus;
    if (whole || !(reader.peek().symbol("+") || reader.peek().symbol("-"))) {
      return left;
    }
    String operator = reader.next().text();
    reader.countOperator();
    SetValue right = operand();
    checkType(operator, "N", left);
    checkType(operator, "N", right);
    return operator.equals("+") ? new SetValue.Plus(left, right) : new SetValue.Minus(left, right);
  }

  private UpdateAction remove() {
    return new UpdateAction.Remove(target());
  }

  private UpdateAction add() {
    DocumentPath path = target();
    AttributeValue value = reader.value();
    if (!value.set() && !(value instanceof AttributeValue.N)) {
      refuseOperand("ADD", value);
    }
    return new UpdateAction.Add(path, value);
  }

  private UpdateAction delete() {
    DocumentPath path = target();
    AttributeValue value = reader.value();
    if (!value.set()) {
      refuseOperand("DELETE", value);
    }
    return new UpdateAction.Delete(path, value);
  }

  private DocumentPath target() {
    if (!reader.atPath()) {
      throw reader.unexpected();
    }
    DocumentPath path = reader.path();
    overlaps.add(path);
    return path;
  }

  private SetValue operand() {
    if (reader.takeSymbol("(")) {
      enter();
      SetValue inner = operand();
      reader.expectSymbol(")");
      depth--;
      return inner;
    }
    if (reader.peek().kind() == Kind.VALUE) {
      return new SetValue.Literal(reader.value());
    }
    if (reader.peek().kind() == Kind.WORD && reader.second().symbol("(")) {
      return function();
    }
    if (!reader.atPath()) {
      throw reader.unexpected();
    }
    return new SetValue.Path(reader.path());
  }

  private SetValue function() {
    enter();
    String name = reader.next().text();
    reader.countOperator();
    reader.next();
    List<SetValue> arguments = new ArrayList<>();
    do {
      arguments.add(operand());
    } while (reader.takeSymbol(","));
    reader.expectSymbol(")");
    depth--;
    return function(name, arguments);
  }

  private SetValue function(String name, List<SetValue> arguments) {
    if (!name.equals("if_not_exists") && !name.equals("list_append")) {
      problems.unknownFunction(name);
      return arguments.getFirst();
    }
    if (arguments.size() != 2) {
      problems.note(
          Problem.OPERAND_COUNT,
          "Incorrect number of operands for operator or function; operator or function: %s, number"
              .concat(" of operands: %d")
              .formatted(name, arguments.size()));
      return arguments.getFirst();
    }
    return name.equals("list_append")
        ? listAppend(arguments.getFirst(), arguments.getLast())
        : ifNotExists(arguments.getFirst(), arguments.getLast());
  }

  private SetValue listAppend(SetValue left, SetValue right) {
    if (left instanceof SetValue.ListAppend || right instanceof SetValue.ListAppend) {
      problems.note(
          Problem.MISUSED_FUNCTION,
          "The function is not allowed to be used this way in an expression; function:"
              + " list_append");
    }
    checkType("list_append", "L", left);
    checkType("list_append", "L", right);
    return new SetValue.ListAppend(left, right);
  }

  private SetValue ifNotExists(SetValue path, SetValue otherwise) {
    if (path instanceof SetValue.Path(DocumentPath wanted)) {
      return new SetValue.IfNotExists(wanted, otherwise);
    }
    problems.note(
        Problem.OPERAND_TYPE,
        "Operator or function requires a document path; operator or function: if_not_exists");
    return otherwise;
  }

  private void checkType(String operator, String wanted, SetValue operand) {
    if (operand instanceof SetValue.Literal(AttributeValue value) && !value.type().equals(wanted)) {
      problems.note(
          Problem.OPERAND_TYPE,
          "Incorrect operand type for operator or function; operator or function: %s, operand type:"
              .concat(" %s")
              .formatted(operator, value.type()));
    }
  }

  private void refuseOperand(String operator, AttributeValue value) {
    String type =
        switch (value) {
          case AttributeValue.S _ -> "STRING";
          case AttributeValue.N _ -> "NUMBER";
          case AttributeValue.B _ -> "BINARY";
          case AttributeValue.Bool _ -> "BOOLEAN";
          case AttributeValue.Null _ -> "NULL";
          case AttributeValue.L _ -> "LIST";
          case AttributeValue.M _ -> "MAP";
          case AttributeValue.SS _, AttributeValue.NS _, AttributeValue.BS _ -> value.type();
        };
    problems.note(
        Problem.OPERATOR_OPERAND,
        "Incorrect operand type for operator or function; operator: %s, operand type: %s"
            .formatted(operator, type));
  }

  private void enter() {
    depth++;
    if (depth > MAXIMUM_DEPTH) {
      throw reader.tooManyOperators();
    }
  }
}
