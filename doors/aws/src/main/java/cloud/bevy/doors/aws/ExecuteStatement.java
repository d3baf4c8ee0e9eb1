package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.ItemJson;
import cloud.bevy.services.tables.Page;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.Statement;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.WriteOutcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Carries out a PartiQL statement.
final class ExecuteStatement implements DynamoOperation {
  private static final int LONGEST_TOKEN = 32_768;
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ExecuteStatementInput",
          StatementShapes.STATEMENT,
          StatementShapes.PARAMETERS,
          Shape.flag("ConsistentRead"),
          Shape.text(
              "NextToken", new Constraint.Shortest(1), new Constraint.Longest(LONGEST_TOKEN)),
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          Shape.whole("Limit", new Constraint.AtLeast(1)),
          ItemShapes.RETURN_VALUES_ON_FAILURE);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Statement statement = StatementShapes.read(call.parameters());
    StatementRun run = StatementRun.of(call, statement);
    if (statement instanceof Statement.Select select && !select.exists()) {
      read(call, run, select);
    } else {
      write(call, run, run.write(call.parameters()));
    }
  }

  private static void read(DynamoCall call, StatementRun run, Statement.Select select)
      throws IOException {
    Parameters parameters = call.parameters();
    Long limit = parameters.whole("Limit");
    SecondaryIndex index = run.index(select);
    if (index != null && index.global() && parameters.flag("ConsistentRead", false)) {
      throw DynamoRefusal.validation(
          "Consistent reads are not supported on global secondary indexes");
    }
    Page page =
        run.read(
            select,
            new StatementRun.Paging(
                start(parameters),
                limit == null ? Integer.MAX_VALUE : (int) Math.min(limit, Integer.MAX_VALUE),
                ConsumedCapacity.wanted(parameters)));
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("Items");
    for (StoredItem item : page.items()) {
      ItemAnswer.write(json, StatementRun.answered(select, item), null);
    }
    json.writeEndArray();
    SequencedMap<String, AttributeValue> last = page.last();
    if (last != null) {
      byte[] key = ItemJson.bytes(new Item(last));
      json.writeStringField("NextToken", Base64.getUrlEncoder().encodeToString(key));
      json.writeFieldName("LastEvaluatedKey");
      ItemJson.write(json, last);
    }
    boolean consistent = parameters.flag("ConsistentRead", false);
    ConsumedCapacity.write(json, parameters, run.name(), run.units(select, page, consistent));
    json.writeEndObject();
  }

  private static @Nullable Map<String, AttributeValue> start(Parameters parameters) {
    String token = parameters.text("NextToken");
    if (token == null) {
      return null;
    }
    try {
      return ItemJson.item(Base64.getUrlDecoder().decode(token)).attributes();
    } catch (IllegalArgumentException | IllegalStateException forged) {
      throw DynamoRefusal.validation("Given NextToken is not one that was answered here");
    }
  }

  private static void write(DynamoCall call, StatementRun run, WriteOutcome.Written written)
      throws IOException {
    JsonGenerator json = call.json();
    StoredItem returned = run.returned(written);
    json.writeStartObject();
    json.writeArrayFieldStart("Items");
    for (StoredItem item : returned == null ? List.<StoredItem>of() : List.of(returned)) {
      ItemAnswer.write(json, item, null);
    }
    json.writeEndArray();
    ConsumedCapacity.write(json, call.parameters(), run.name(), run.units(written));
    json.writeEndObject();
  }
}
