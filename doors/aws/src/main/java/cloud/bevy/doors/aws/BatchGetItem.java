package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.ExpressionKind;
import cloud.bevy.services.tables.ItemJson;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads up to 100 items of several tables. What would make the answer larger than 16 MB is left
/// for the caller to ask for again.
final class BatchGetItem implements DynamoOperation {
  private static final int MOST_KEYS = 100;
  private static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final String REQUEST_ITEMS = "RequestItems";

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "BatchGetItemInput",
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          Shape.member(
              REQUEST_ITEMS,
              new Shape.MapOf(
                  "com.amazonaws.dynamodb.v20120810.KeysAndAttributes",
                  new Shape.Structure(
                      "KeysAndAttributes",
                      Shape.member(
                          "Keys",
                          new Shape.ListOf(Shape.Scalar.ATTRIBUTES),
                          new Constraint.NotNull(),
                          new Constraint.Shortest(1)),
                      LegacyShapes.ATTRIBUTES_TO_GET,
                      Shape.flag("ConsistentRead"),
                      ItemShapes.PROJECTION_EXPRESSION,
                      ItemShapes.EXPRESSION_NAMES)),
              new Constraint.NotNull()));

  /// What is asked of one table.
  private record Request(String name, Parameters parameters, @Nullable Projection projection) {}

  /// What one table answers.
  private record Response(
      Request request, List<StoredItem> items, List<WireAttributes> unprocessed, double units) {}

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    List<Request> requests = requests(call.parameters());
    List<Response> responses = new ArrayList<>();
    long bytes = 0;
    for (Request request : requests) {
      Response response = read(call, request, bytes);
      bytes += response.items().stream().mapToLong(item -> item.json().length).sum();
      responses.add(response);
    }
    write(call, responses);
  }

  private static List<Request> requests(Parameters parameters) {
    Map<String, Parameters> tables = parameters.structuresByName(REQUEST_ITEMS);
    if (tables.isEmpty()) {
      throw DynamoRefusal.validation("The requestItems parameter is required for BatchGetItem");
    }
    List<Request> requests = new ArrayList<>();
    int keys = 0;
    for (Map.Entry<String, Parameters> table : tables.entrySet()) {
      int ofTable = table.getValue().attributesList("Keys").size();
      if (ofTable > MOST_KEYS) {
        throw DynamoRefusal.validation(
            "1 validation error detected: Value at 'RequestItems.%s.member.Keys' failed to satisfy"
                .concat(" constraint: Member must have length less than or equal to 100")
                .formatted(table.getKey()));
      }
      keys += ofTable;
      requests.add(request(table.getKey(), table.getValue()));
    }
    if (keys > MOST_KEYS) {
      throw DynamoRefusal.validation("Too many items requested for the BatchGetItem call");
    }
    return requests;
  }

  private static Request request(String name, Parameters parameters) {
    Expressions.checkTogether(
        parameters, List.of(ExpressionKind.PROJECTION), List.of("AttributesToGet"));
    Expressions expressions = Expressions.of(parameters);
    Projection projection = expressions.projection();
    expressions.checkAllUsed();
    Set<Object> seen = new HashSet<>();
    for (WireAttributes key : parameters.attributesList("Keys")) {
      if (!seen.add(key.checked())) {
        throw DynamoRefusal.validation("Provided list of item keys contains duplicates");
      }
    }
    return new Request(name, parameters, projection);
  }

  /// @param before how many bytes other tables have answered
  private static Response read(DynamoCall call, Request request, long before) {
    Table table = call.tables().table(Parameters.tableName(request.name()));
    Map<WireAttributes, Key> keys = new LinkedHashMap<>();
    for (WireAttributes key : request.parameters().attributesList("Keys")) {
      keys.put(key, table.keys().keyFrom(key.checked()));
    }
    PagedRead.checkScalars(table, request.projection(), null);
    boolean measured = ConsumedCapacity.wanted(call.parameters());
    boolean consistent = request.parameters().flag("ConsistentRead", false);
    Response response = new Response(request, new ArrayList<>(), new ArrayList<>(), 0);
    long bytes = before;
    double units = 0;
    for (Map.Entry<WireAttributes, Key> key : keys.entrySet()) {
      if (bytes >= MOST_BYTES) {
        response.unprocessed().add(key.getKey());
        continue;
      }
      StoredItem item = table.get(key.getValue()).orElse(null);
      units += measured ? ConsumedCapacity.ofRead(ItemAnswer.size(item), consistent) : 0;
      if (item != null) {
        response.items().add(item);
        bytes += item.json().length;
      }
    }
    return new Response(request, response.items(), response.unprocessed(), units);
  }

  private static void write(DynamoCall call, List<Response> responses) throws IOException {
    JsonGenerator json = call.json();
    Map<String, ConsumedCapacity.Units> units = new LinkedHashMap<>();
    json.writeStartObject();
    json.writeObjectFieldStart("Responses");
    for (Response response : responses) {
      units.put(
          Parameters.tableName(response.request().name()),
          ConsumedCapacity.Units.ofTable(response.units()));
      json.writeArrayFieldStart(response.request().name());
      for (StoredItem item : response.items()) {
        ItemAnswer.write(json, item, response.request().projection());
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("UnprocessedKeys");
    for (Response response : responses) {
      if (!response.unprocessed().isEmpty()) {
        json.writeFieldName(response.request().name());
        writeUnprocessed(json, response);
      }
    }
    json.writeEndObject();
    ConsumedCapacity.write(json, call.parameters(), units);
    json.writeEndObject();
  }

  /// What the caller can send again as it is.
  private static void writeUnprocessed(JsonGenerator json, Response response) throws IOException {
    Parameters parameters = response.request().parameters();
    json.writeStartObject();
    json.writeArrayFieldStart("Keys");
    for (WireAttributes key : response.unprocessed()) {
      ItemJson.write(json, key.checked());
    }
    json.writeEndArray();
    if (parameters.has("ConsistentRead")) {
      json.writeBooleanField("ConsistentRead", parameters.flag("ConsistentRead", false));
    }
    String projection = parameters.text("ProjectionExpression");
    if (projection != null) {
      json.writeStringField("ProjectionExpression", projection);
    }
    Map<String, String> names = parameters.texts("ExpressionAttributeNames");
    if (names != null) {
      json.writeObjectFieldStart("ExpressionAttributeNames");
      for (Map.Entry<String, String> name : names.entrySet()) {
        json.writeStringField(name.getKey(), name.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
