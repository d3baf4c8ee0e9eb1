package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.DocumentPath;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.KeyCondition;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.Page;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.Reading;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.Statement;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableKey;
import cloud.bevy.services.tables.TransactAction;
import cloud.bevy.services.tables.WhereClause;
import cloud.bevy.services.tables.WriteOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A statement about a table that is there.
///
/// @param statement what is said
/// @param table that it is about
record StatementRun(Statement statement, Table table) {
  /// Where a page of a `SELECT` begins and how it is read.
  ///
  /// @param start the key after which to begin; null for the beginning
  /// @param limit the most items that are read
  /// @param measured whether it must say how many bytes were read
  record Paging(@Nullable Map<String, AttributeValue> start, int limit, boolean measured) {}

  /// @throws DynamoRefusal if it writes and the caller's key is for reading only
  static StatementRun of(DynamoCall call, Statement statement) {
    if (!(statement instanceof Statement.Select select) || select.exists()) {
      call.checkWrites();
    }
    return new StatementRun(
        statement, call.tables().table(Parameters.tableName(statement.table())));
  }

  /// Reads a page of what a `SELECT` asks for.
  ///
  /// @throws DynamoRefusal if there is no such index
  Page read(Statement.Select select, Paging paging) {
    SecondaryIndex index = index(select);
    KeySchema schema = index == null ? table.keys() : index.keys();
    WhereClause where = WhereClause.of(schema, select.where());
    checkOrder(select, schema, where);
    boolean whole = index != null && !index.global() && !select.paths().isEmpty();
    Condition key = where.key();
    Reading reading =
        new Reading(
            key == null ? select.where() : where.rest(),
            paging.start(),
            paging.limit(),
            select.index(),
            whole,
            paging.measured());
    return key == null
        ? table.scan(0, 1, reading)
        : table.queryFor(KeyCondition.of(key), forward(select, schema), reading);
  }

  private static void checkOrder(Statement.Select select, KeySchema schema, WhereClause where) {
    if (select.order().isEmpty()) {
      return;
    }
    if (where.key() == null) {
      throw DynamoRefusal.validation(
          "Must have at least one non-optional hash key condition in WHERE clause when using ORDER"
              + " BY clause.");
    }
    for (Statement.Order order : select.order()) {
      if (order.path().nested() || !schema.contains(order.path().attribute())) {
        throw DynamoRefusal.validation(
            "Variable reference %s in ORDER BY clause must be part of the primary key"
                .formatted(order.path().attribute()));
      }
    }
    List<Statement.Order> sorts =
        select.order().stream().filter(order -> isSort(schema, order)).toList();
    if (sorts.stream().map(Statement.Order::forward).distinct().count() > 1) {
      throw DynamoRefusal.validation(
          "The parts of a sort key can only be in ORDER BY clause in the same direction");
    }
  }

  /// In one partition only what is said of its sort key says anything.
  private static boolean forward(Statement.Select select, KeySchema schema) {
    return select.order().stream()
        .filter(order -> isSort(schema, order))
        .findFirst()
        .or(() -> select.order().stream().findFirst())
        .map(Statement.Order::forward)
        .orElse(true);
  }

  private static boolean isSort(KeySchema schema, Statement.Order order) {
    String attribute = order.path().attribute();
    return schema.sorts().stream().anyMatch(sort -> sort.name().equals(attribute));
  }

  /// The index that a `SELECT` is about; null for the table itself.
  @Nullable SecondaryIndex index(Statement.Select select) {
    String name = select.index();
    return name == null
        ? null
        : table
            .description()
            .definition()
            .index(name)
            .orElseThrow(
                () -> DynamoRefusal.validation("The table does not have the specified index"));
  }

  /// What a `SELECT` answers of an item: values under the last names of their paths.
  static StoredItem answered(Statement.Select select, StoredItem item) {
    if (select.paths().isEmpty()) {
      return item;
    }
    SequencedMap<String, AttributeValue> answered = new LinkedHashMap<>();
    for (DocumentPath path : select.paths()) {
      AttributeValue value = path.in(item.item());
      if (value != null) {
        answered.put(name(path), value);
      }
    }
    return StoredItem.of(new Item(answered));
  }

  private static String name(DocumentPath path) {
    String name = path.attribute();
    for (DocumentPath.Step step : path.steps()) {
      if (step instanceof DocumentPath.Step.Entry(String entry)) {
        name = entry;
      }
    }
    return name;
  }

  /// The one item that a `SELECT` asks for.
  ///
  /// @param operation which asks for one item a statement
  /// @throws DynamoRefusal if it asks for others
  TableKey single(Statement.Select select, String operation) {
    WhereClause where = WhereClause.of(table.keys(), select.where());
    if (select.index() != null || where.equal().size() < table.keys().attributes().size()) {
      throw DynamoRefusal.validation(
          "Select statements within %s must consist of the primary key in the where clause."
              .formatted(operation));
    }
    return new TableKey(table, where.whole(table.keys()));
  }

  /// What a statement does as a part of a transaction.
  ///
  /// @throws cloud.bevy.services.tables.InvalidRequest if it is not about one item
  TransactAction action() {
    KeySchema keys = table.keys();
    return switch (statement) {
      case Statement.Insert(String _, Item item) -> {
        keys.keyOf(item);
        DocumentPath key = DocumentPath.of(keys.partition().name());
        yield new TransactAction.Put(table, item, new Condition.AttributeNotExists(key));
      }
      case Statement.Change change -> {
        WhereClause where = WhereClause.of(keys, change.where());
        Key key = where.whole(keys);
        change.update().check(table.description().definition());
        yield new TransactAction.Change(table, key, change.update(), where.restOfExisting(keys));
      }
      case Statement.Delete delete -> {
        WhereClause where = WhereClause.of(keys, delete.where());
        yield new TransactAction.Delete(table, where.whole(keys), where.rest());
      }
      case Statement.Select select -> {
        WhereClause where = WhereClause.of(keys, select.where());
        yield new TransactAction.Check(table, where.whole(keys), where.restOfExisting(keys));
      }
    };
  }

  /// What the table is called.
  String name() {
    return table.description().name();
  }

  /// Whether the item that a `SELECT` names by its key is as it asks for besides.
  boolean isWanted(Statement.Select select, StoredItem item) {
    Condition rest = WhereClause.of(table.keys(), select.where()).rest();
    return rest == null || rest.holds(item.item());
  }

  /// Writes.
  ///
  /// @param parameters which say whether the item is to be shown that a condition failed on
  /// @throws DynamoRefusal if a condition does not hold
  WriteOutcome.Written write(Parameters parameters) {
    TransactAction action = action();
    WriteOutcome outcome =
        switch (action) {
          case TransactAction.Put put -> table.put(put.item(), put.condition());
          case TransactAction.Change change ->
              table.update(change.key(), change.update(), change.condition());
          case TransactAction.Delete delete -> table.delete(delete.key(), delete.condition());
          case TransactAction.Check _ ->
              throw DynamoRefusal.validation("EXISTS can only be used in a transaction");
        };
    if (statement instanceof Statement.Insert && outcome instanceof WriteOutcome.ConditionFailed) {
      throw DynamoRefusal.duplicateItem();
    }
    return ItemAnswer.written(parameters, outcome);
  }

  /// What a `SELECT` of a page cost.
  ConsumedCapacity.Units units(Statement.Select select, Page page, boolean consistent) {
    return ConsumedCapacity.Units.ofPage(index(select), page, consistent);
  }

  /// What a statement that wrote cost.
  ConsumedCapacity.Units units(WriteOutcome.Written written) {
    return ConsumedCapacity.Units.ofWrite(table.description().definition(), written);
  }

  /// What a statement that wrote shows; null for nothing.
  @Nullable StoredItem returned(WriteOutcome.Written written) {
    return switch (statement) {
      case Statement.Change change ->
          switch (change.returning()) {
            case NONE -> null;
            case ALL_OLD -> written.before();
            case ALL_NEW -> written.after();
            case MODIFIED_OLD -> parts(change, written.before());
            case MODIFIED_NEW -> parts(change, written.after());
          };
      case Statement.Delete delete ->
          delete.returning() == Statement.Returning.ALL_OLD ? written.before() : null;
      case Statement.Insert _, Statement.Select _ -> null;
    };
  }

  private static @Nullable StoredItem parts(Statement.Change change, @Nullable StoredItem item) {
    return item == null
        ? null
        : StoredItem.of(Projection.of(change.update().paths()).of(item.item()));
  }

  /// Whether all of some statements read, or all write.
  ///
  /// @throws DynamoRefusal if neither
  static boolean allRead(List<Statement> statements) {
    long reading =
        statements.stream()
            .filter(each -> each instanceof Statement.Select select && !select.exists())
            .count();
    if (reading > 0 && reading < statements.size()) {
      throw DynamoRefusal.validation(
          "Statements that read and statements that write cannot be in one request");
    }
    return reading > 0;
  }
}
