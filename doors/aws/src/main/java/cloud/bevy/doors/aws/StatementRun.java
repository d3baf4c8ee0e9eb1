package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.ConditionPaths;
import cloud.bevy.services.tables.DocumentPath;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Key;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
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
    StatementOrder order = StatementOrder.of(select, schema, where);
    checkProjected(select, index, where);
    boolean whole = index != null && !index.global() && !select.paths().isEmpty();
    Reading reading =
        new Reading(
            where.rest(),
            paging.start(),
            Math.min(paging.limit(), where.mostItems(schema)),
            select.index(),
            whole,
            paging.measured());
    return where.partitions() == 0
        ? table.scan(0, 1, reading)
        : table.queryFor(order.keys(where), order.forward(), reading);
  }

  /// A global index answers and compares what it has.
  private void checkProjected(
      Statement.Select select, @Nullable SecondaryIndex index, WhereClause where) {
    if (index == null || !index.global()) {
      return;
    }
    if (!select.paths().isEmpty()) {
      Set<String> missing = index.missing(table.keys(), Projection.of(select.paths()));
      if (!missing.isEmpty()) {
        throw InvalidRequest.parameter(
            "Global secondary index %s does not project %s".formatted(index.name(), missing));
      }
    }
    Condition filter = where.rest();
    if (filter != null && where.partitions() > 0) {
      List<DocumentPath> paths = ConditionPaths.of(filter);
      Set<String> missing = index.missing(table.keys(), Projection.of(paths));
      Set<String> named = new HashSet<>(); // DynamoDB names them in this order
      paths.forEach(path -> named.add(path.attribute()));
      named.retainAll(missing);
      if (!named.isEmpty()) {
        throw InvalidRequest.parameter(
            "Secondary index %s does not project one or more filter attributes: %s"
                .formatted(index.name(), named));
      }
    }
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

  /// What a `SELECT` answers of an item: values under the last names of their paths, with the
  /// positions behind them.
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
      name = step instanceof DocumentPath.Step.Entry(String entry) ? entry : name + step;
    }
    return name;
  }

  /// The one item that a `SELECT` asks for.
  ///
  /// @param operation which asks for one item a statement
  /// @throws DynamoRefusal if it asks for others
  TableKey single(Statement.Select select, String operation) {
    WhereClause where = WhereClause.of(table.keys(), select.where());
    if (select.index() != null || !where.single(table.keys())) {
      throw notByKey(operation);
    }
    return new TableKey(table, where.whole(table.keys()));
  }

  /// Refuses a `SELECT` that asks for other than one item as it is.
  static InvalidRequest notByKey(String operation) {
    return new InvalidRequest(
        "Select statements within %s must specify the primary key in the where clause."
            .formatted(operation));
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

  /// Refuses a `SELECT` that says more than a key.
  ///
  /// @return that it does not
  /// @throws InvalidRequest if it does
  boolean byKeyAlone(String operation) {
    if (statement instanceof Statement.Select select) {
      WhereClause where = WhereClause.of(table.keys(), select.where());
      if (select.index() != null || !where.single(table.keys()) || where.rest() != null) {
        throw notByKey(operation);
      }
    }
    return true;
  }

  /// Refuses an `EXISTS` that says no more than a key, or less.
  ///
  /// @return that it does not
  /// @throws InvalidRequest if it does
  boolean checkExists() {
    if (statement instanceof Statement.Select select) {
      WhereClause where = WhereClause.of(table.keys(), select.where());
      if (select.index() != null || !where.single(table.keys()) || where.rest() == null) {
        throw new InvalidRequest(
            "EXISTS() must contain a single item read with additional condition");
      }
    }
    return true;
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
              throw DynamoRefusal.validation(
                  "EXISTS can only be used in ExecuteTransaction write requests.");
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
  /// @param operation that carries them out
  /// @throws DynamoRefusal if neither
  static boolean allRead(List<Statement> statements, String operation) {
    long reading =
        statements.stream()
            .filter(each -> each instanceof Statement.Select select && !select.exists())
            .count();
    if (reading > 0 && reading < statements.size()) {
      throw DynamoRefusal.validation(
          operation + " API does not support both read and write operations in the same request.");
    }
    return reading > 0;
  }
}
