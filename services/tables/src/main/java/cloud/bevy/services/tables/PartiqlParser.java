package cloud.bevy.services.tables;

import cloud.bevy.services.tables.PartiqlLexer.Kind;
import cloud.bevy.services.tables.PartiqlLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads PartiQL statements, as far as DynamoDB knows them (Developer Guide, "PartiQL statements
/// for DynamoDB").
public final class PartiqlParser {
  private final PartiqlReader reader;
  private final PartiqlConditions conditions;

  private PartiqlParser(PartiqlReader reader) {
    this.reader = reader;
    conditions = new PartiqlConditions(reader);
  }

  /// The statement that `text` says.
  ///
  /// @param parameters what stands for its question marks
  /// @throws InvalidRequest if it is none
  public static Statement parse(String text, List<AttributeValue> parameters) {
    PartiqlParser parser = new PartiqlParser(new PartiqlReader(text, parameters));
    Statement statement = parser.statement();
    parser.reader.expectEnd();
    return statement;
  }

  private Statement statement() {
    if (reader.take("SELECT")) {
      return select(false);
    }
    if (reader.take("INSERT")) {
      reader.expect("INTO");
      String table = reader.name();
      reader.expect("VALUE");
      if (reader.value() instanceof AttributeValue.M(var attributes)) {
        return new Statement.Insert(table, new Item(attributes));
      }
      throw PartiqlLexer.wrong("VALUE takes a map");
    }
    if (reader.take("UPDATE")) {
      return change();
    }
    if (reader.take("DELETE")) {
      reader.expect("FROM");
      String table = reader.name();
      Condition where = where();
      Statement.Returning returning = returning();
      if (returning != Statement.Returning.NONE && returning != Statement.Returning.ALL_OLD) {
        throw PartiqlLexer.wrong("DELETE can only be RETURNING ALL OLD *");
      }
      return new Statement.Delete(table, where, returning);
    }
    if (reader.take("EXISTS")) {
      reader.expect("(");
      reader.expect("SELECT");
      Statement asked = select(true);
      reader.expect(")");
      return asked;
    }
    throw reader.unexpected();
  }

  private Statement select(boolean exists) {
    List<DocumentPath> paths = new ArrayList<>();
    if (!reader.take("*")) {
      do {
        paths.add(reader.path());
      } while (reader.take(","));
    }
    reader.expect("FROM");
    String table = reader.name();
    String index = reader.take(".") ? reader.name() : null;
    Condition where = reader.peek().keyword("WHERE") ? where() : null;
    return new Statement.Select(table, index, paths, where, order(where), exists);
  }

  private Condition where() {
    reader.expect("WHERE");
    return conditions.read();
  }

  private List<Statement.Order> order(@Nullable Condition where) {
    if (!reader.take("ORDER")) {
      return List.of();
    }
    if (where == null) {
      throw new InvalidRequest(
          "Must have WHERE clause in the statement when using ORDER BY clause.");
    }
    reader.expect("BY");
    List<Statement.Order> order = new ArrayList<>();
    do {
      order.add(new Statement.Order(reader.path(), forward()));
    } while (reader.take(","));
    return order;
  }

  private boolean forward() {
    if (reader.take("DESC")) {
      return false;
    }
    reader.take("ASC");
    return true;
  }

  private Statement change() {
    String table = reader.name();
    List<UpdateAction> actions = new ArrayList<>();
    while (!reader.peek().keyword("WHERE")) {
      if (reader.take("SET")) {
        do {
          actions.add(set());
        } while (reader.take(","));
      } else {
        reader.expect("REMOVE");
        do {
          actions.add(new UpdateAction.Remove(reader.path()));
        } while (reader.take(","));
      }
    }
    if (actions.isEmpty()) {
      throw reader.unexpected();
    }
    checkDistinct(actions);
    return new Statement.Change(table, new Update(actions), where(), returning());
  }

  private static void checkDistinct(List<UpdateAction> actions) {
    ExpressionProblems problems = new ExpressionProblems(ExpressionKind.UPDATE);
    PathOverlaps overlaps = new PathOverlaps(problems);
    actions.forEach(action -> overlaps.add(action.path()));
    problems.raise(ExpressionProblems.OF_UPDATES);
  }

  private UpdateAction set() {
    DocumentPath path = reader.path();
    reader.expect("=");
    if (reader.peek().kind() == Kind.WORD && reader.second().symbol("(")) {
      Token called = reader.next();
      String function = called.text().toLowerCase(Locale.ROOT);
      if (function.equals("set_add") || function.equals("set_delete")) {
        return ofSet(path, called);
      }
      return new UpdateAction.Set(path, function(function));
    }
    SetValue left = operand();
    if (reader.take("+")) {
      return new UpdateAction.Set(path, new SetValue.Plus(left, operand()));
    }
    return new UpdateAction.Set(
        path, reader.take("-") ? new SetValue.Minus(left, operand()) : left);
  }

  private UpdateAction ofSet(DocumentPath path, Token called) {
    String function = called.text().toUpperCase(Locale.ROOT);
    reader.expect("(");
    Token first = reader.peek();
    DocumentPath of = reader.path();
    reader.expect(",");
    AttributeValue value = reader.value();
    reader.expect(")");
    if (!of.equals(path)) {
      throw new InvalidRequest(
          "The first argument to %s must equal the assignment value%s"
              .formatted(function, called.place()));
    }
    if (!value.set()) {
      throw new InvalidRequest(
          "The second argument to %s must be a value with type SET%s"
              .formatted(function, first.place()));
    }
    return function.equals("SET_ADD")
        ? new UpdateAction.Add(path, value)
        : new UpdateAction.Delete(path, value);
  }

  private SetValue function(String name) {
    reader.expect("(");
    SetValue first = operand();
    reader.expect(",");
    SetValue second = operand();
    reader.expect(")");
    if (name.equals("list_append")) {
      return new SetValue.ListAppend(first, second);
    }
    if (name.equals("if_not_exists") && first instanceof SetValue.Path(DocumentPath path)) {
      return new SetValue.IfNotExists(path, second);
    }
    throw PartiqlLexer.wrong("Invalid function name; function: " + name);
  }

  private SetValue operand() {
    return reader.atValue()
        ? new SetValue.Literal(reader.value())
        : new SetValue.Path(reader.path());
  }

  private Statement.Returning returning() {
    if (!reader.take("RETURNING")) {
      return Statement.Returning.NONE;
    }
    boolean all = reader.take("ALL");
    if (!all) {
      reader.expect("MODIFIED");
    }
    boolean old = reader.take("OLD");
    if (!old) {
      reader.expect("NEW");
    }
    reader.expect("*");
    return Statement.Returning.valueOf((all ? "ALL_" : "MODIFIED_") + (old ? "OLD" : "NEW"));
  }
}
