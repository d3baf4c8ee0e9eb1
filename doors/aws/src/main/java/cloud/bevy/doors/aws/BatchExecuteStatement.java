package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Statement;
import cloud.bevy.services.tables.StoredItem;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out up to 25 PartiQL statements, each about one item, each for itself.
final class BatchExecuteStatement implements DynamoOperation {
  private static final int MOST_STATEMENTS = 25;
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
    List<Statement> statements =
        call.parameters().structures("Statements").stream().map(StatementShapes::read).toList();
    StatementRun.allRead(statements);
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("Responses");
    for (Statement statement : statements) {
      json.writeStartObject();
      json.writeStringField("TableName", Parameters.tableName(statement.table()));
      write(call, statement);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(DynamoCall call, Statement statement) throws IOException {
    try {
      StoredItem item = item(StatementRun.of(call.tables(), statement));
      if (item != null) {
        call.json().writeFieldName("Item");
        ItemAnswer.write(call.json(), item, null);
      }
    } catch (NoSuchTable none) {
      writeError(call.json(), "ResourceNotFound", "Requested resource not found");
    } catch (InvalidRequest invalid) {
      writeError(call.json(), "ValidationError", invalid.getMessage());
    } catch (DynamoRefusal refusal) {
      writeError(call.json(), refusal.code(), refusal.words());
    }
  }

  private static @Nullable StoredItem item(StatementRun run) {
    if (run.statement() instanceof Statement.Select select && !select.exists()) {
      run.single(select);
      StatementRun.Paging one = new StatementRun.Paging(null, 1, false);
      List<StoredItem> found = run.read(select, one).items();
      return found.isEmpty() ? null : StatementRun.answered(select, found.getFirst());
    }
    return run.returned(run.write());
  }

  private static void writeError(JsonGenerator json, String code, String message)
      throws IOException {
    json.writeObjectFieldStart("Error");
    json.writeStringField("Code", code);
    json.writeStringField("Message", message);
    json.writeEndObject();
  }
}
