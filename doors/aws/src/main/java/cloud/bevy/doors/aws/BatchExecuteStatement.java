package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Page;
import cloud.bevy.services.tables.Statement;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.WriteOutcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Carries out up to 25 PartiQL statements, each about one item, each for itself.
final class BatchExecuteStatement implements DynamoOperation {
  private static final int MOST_STATEMENTS = 25;
  private static final String INVALID = "ValidationError";
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "BatchExecuteStatementInput",
          Shape.member(
              "Statements",
              new Shape.ListOf(
                  new Shape.Structure(
                      "BatchStatementRequest",
                      StatementShapes.STATEMENT,
                      StatementShapes.PARAMETERS,
                      Shape.flag("ConsistentRead"),
                      ItemShapes.RETURN_VALUES_ON_FAILURE)),
              new Constraint.NotNull(),
              new Constraint.Shortest(1),
              new Constraint.Longest(MOST_STATEMENTS)),
          ItemShapes.RETURN_CONSUMED_CAPACITY);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    List<Parameters> asked = call.parameters().structures("Statements");
    List<Part> parts = asked.stream().map(Part::of).toList();
    List<Statement> statements =
        parts.stream().map(Part::statement).filter(Objects::nonNull).toList();
    StatementRun.allRead(statements, "BatchExecuteStatement");
    Map<String, ConsumedCapacity.Units> units = new LinkedHashMap<>();
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("Responses");
    for (Part part : parts) {
      json.writeStartObject();
      Statement statement = part.statement();
      if (statement == null) {
        writeError(json, INVALID, part.problem(), null);
      } else {
        String table = Parameters.tableName(statement.table());
        json.writeStringField("TableName", table);
        ConsumedCapacity.Units cost = write(call, statement, part.parameters());
        units.merge(table, cost, ConsumedCapacity.Units::plus);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    units.values().removeIf(cost -> cost.total() == 0);
    ConsumedCapacity.write(json, call.parameters(), units);
    json.writeEndObject();
  }

  /// One statement of the batch.
  ///
  /// @param statement null if it is none
  /// @param problem why it is none; else empty
  private record Part(Parameters parameters, @Nullable Statement statement, String problem) {
    static Part of(Parameters parameters) {
      try {
        return new Part(parameters, StatementShapes.read(parameters), "");
      } catch (InvalidRequest invalid) {
        return new Part(parameters, null, invalid.getMessage());
      }
    }
  }

  /// @return what it cost
  private static ConsumedCapacity.Units write(
      DynamoCall call, Statement statement, Parameters parameters) throws IOException {
    try {
      Done done = done(StatementRun.of(call, statement), call, parameters);
      if (done.item() != null) {
        call.json().writeFieldName("Item");
        ItemAnswer.write(call.json(), done.item(), null);
      }
      return done.units();
    } catch (NoSuchTable none) {
      writeError(call.json(), "ResourceNotFound", "Requested resource not found", null);
    } catch (InvalidRequest invalid) {
      writeError(call.json(), INVALID, invalid.getMessage(), null);
    } catch (DynamoRefusal refusal) {
      writeError(call.json(), refusal.code(), refusal.words(), refusal.item());
    }
    return ConsumedCapacity.Units.ofTable(0);
  }

  /// What a statement answers and costs.
  private record Done(@Nullable StoredItem item, ConsumedCapacity.Units units) {}

  private static Done done(StatementRun run, DynamoCall call, Parameters parameters) {
    if (run.statement() instanceof Statement.Select select && !select.exists()) {
      run.single(select, "BatchExecuteStatement");
      boolean measured = ConsumedCapacity.wanted(call.parameters());
      Page page = run.read(select, new StatementRun.Paging(null, 1, measured));
      List<StoredItem> found = page.items();
      return new Done(
          found.isEmpty() ? null : StatementRun.answered(select, found.getFirst()),
          run.units(select, page, parameters.flag("ConsistentRead", false)));
    }
    WriteOutcome.Written written = run.write(parameters);
    return new Done(run.returned(written), run.units(written));
  }

  private static void writeError(
      JsonGenerator json, String code, String message, @Nullable StoredItem item)
      throws IOException {
    json.writeObjectFieldStart("Error");
    json.writeStringField("Code", code);
    json.writeStringField("Message", message);
    if (item != null) {
      json.writeFieldName("Item");
      ItemAnswer.write(json, item, null);
    }
    json.writeEndObject();
  }
}
