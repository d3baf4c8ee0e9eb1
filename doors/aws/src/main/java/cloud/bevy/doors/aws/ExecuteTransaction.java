package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Statement;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.TableKey;
import cloud.bevy.services.tables.TransactAction;
import cloud.bevy.services.tables.TransactOutcome;
import cloud.bevy.services.tables.WriteOutcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Carries out up to 100 PartiQL statements, each about one item, together or not at all.
final class ExecuteTransaction implements DynamoOperation {
  private static final String OPERATION = "ExecuteTransaction";
  private static final String STATEMENTS = "TransactStatements";
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ExecuteTransactionInput",
          Shape.member(
              STATEMENTS,
              new Shape.ListOf(
                  new Shape.Structure(
                      "ParameterizedStatement",
                      StatementShapes.STATEMENT,
                      StatementShapes.PARAMETERS,
                      ItemShapes.RETURN_VALUES_ON_FAILURE)),
              new Constraint.NotNull(),
              new Constraint.Shortest(1),
              new Constraint.Longest(TransactWriteItems.MOST_ACTIONS)),
          Shape.text(
              "ClientRequestToken",
              new Constraint.Shortest(1),
              new Constraint.Longest(TransactWriteItems.LONGEST_TOKEN)),
          ItemShapes.RETURN_CONSUMED_CAPACITY);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    List<Parameters> asked = call.parameters().structures(STATEMENTS);
    asked.forEach(StatementShapes::checkParameters);
    List<Statement> statements = new ArrayList<>();
    for (Parameters each : asked) {
      statements.add(located(statements.size(), () -> StatementShapes.read(each)));
    }
    boolean reads = StatementRun.allRead(statements, OPERATION);
    List<StatementRun> runs = statements.stream().map(each -> StatementRun.of(call, each)).toList();
    if (reads) {
      read(call, runs);
    } else {
      write(call, asked, runs);
    }
  }

  /// Says which statement cannot be carried out.
  private static <T> T located(int at, Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidRequest invalid) {
      throw new InvalidRequest(
          "Validation failed in %s[%d]: %s".formatted(STATEMENTS, at, invalid.getMessage()));
    }
  }

  private static List<TableKey> keys(List<StatementRun> runs) {
    for (int at = 0; at < runs.size(); at++) {
      StatementRun run = runs.get(at);
      located(at, () -> run.byKeyAlone(OPERATION));
    }
    List<TableKey> keys = new ArrayList<>();
    List<TransactOutcome.Reason> reasons = new ArrayList<>();
    for (StatementRun run : runs) {
      try {
        keys.add(run.single((Statement.Select) run.statement(), OPERATION));
        reasons.add(TransactOutcome.Reason.NONE);
      } catch (InvalidRequest invalid) {
        reasons.add(TransactOutcome.Reason.invalid(invalid));
      }
    }
    if (keys.size() < reasons.size()) {
      throw DynamoRefusal.transactionCancelled(reasons);
    }
    TransactGetItems.checkDifferent(keys);
    return keys;
  }

  private static void read(DynamoCall call, List<StatementRun> runs) throws IOException {
    List<TableKey> keys = keys(runs);
    List<Optional<StoredItem>> items = call.tables().readTogether(keys);
    Map<String, ConsumedCapacity.Units> units = new LinkedHashMap<>();
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("Responses");
    for (int at = 0; at < runs.size(); at++) {
      StatementRun run = runs.get(at);
      StoredItem item = items.get(at).orElse(null);
      Statement.Select select = (Statement.Select) run.statement();
      json.writeStartObject();
      if (item != null) {
        json.writeFieldName("Item");
        ItemAnswer.write(json, StatementRun.answered(select, item), null);
      }
      json.writeEndObject();
      units.merge(run.name(), TransactAnswer.ofRead(item), ConsumedCapacity.Units::plus);
    }
    json.writeEndArray();
    ConsumedCapacity.write(json, call.parameters(), units);
    json.writeEndObject();
  }

  private static void write(DynamoCall call, List<Parameters> asked, List<StatementRun> runs)
      throws IOException {
    for (int at = 0; at < runs.size(); at++) {
      StatementRun run = runs.get(at);
      located(at, run::checkExists);
    }
    List<TransactAction> actions = new ArrayList<>();
    List<TransactOutcome.Reason> reasons = new ArrayList<>();
    for (StatementRun run : runs) {
      try {
        actions.add(run.action());
        reasons.add(TransactOutcome.Reason.NONE);
      } catch (InvalidRequest invalid) {
        reasons.add(TransactOutcome.Reason.invalid(invalid));
      }
    }
    if (actions.size() < runs.size()) {
      throw DynamoRefusal.transactionCancelled(reasons);
    }
    TransactOutcome outcome =
        call.tables().transact(actions, call.parameters().text("ClientRequestToken"));
    List<Boolean> shown =
        asked.stream()
            .map(each -> each.text("ReturnValuesOnConditionCheckFailure", "NONE").equals("ALL_OLD"))
            .toList();
    List<WriteOutcome.Written> written = TransactAnswer.done(inItsWords(outcome, runs), shown);
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("Responses"); // DynamoDB has them for what is read, with no blanks
    json.writeEndArray();
    ConsumedCapacity.write(json, call.parameters(), TransactAnswer.units(actions, written));
    json.writeEndObject();
  }

  /// An item that was to be inserted and is there is said to be a duplicate.
  private static TransactOutcome inItsWords(TransactOutcome outcome, List<StatementRun> runs) {
    if (!(outcome instanceof TransactOutcome.Cancelled(List<TransactOutcome.Reason> reasons))) {
      return outcome;
    }
    List<TransactOutcome.Reason> told = new ArrayList<>();
    for (int at = 0; at < reasons.size(); at++) {
      TransactOutcome.Reason reason = reasons.get(at);
      boolean duplicate =
          runs.get(at).statement() instanceof Statement.Insert
              && reason.code() == TransactOutcome.Reason.Code.CONDITION;
      told.add(
          duplicate
              ? new TransactOutcome.Reason(
                  TransactOutcome.Reason.Code.DUPLICATE, DynamoRefusal.DUPLICATE, reason.current())
              : reason);
    }
    return new TransactOutcome.Cancelled(told);
  }
}
