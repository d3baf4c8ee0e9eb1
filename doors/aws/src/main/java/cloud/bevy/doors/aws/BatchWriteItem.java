package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TableWrite;
import cloud.bevy.services.tables.WriteOutcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes or deletes up to 25 items of several tables. Here, what is written to one table happens
/// as a whole, and nothing is left unprocessed.
final class BatchWriteItem implements DynamoOperation {
  private static final int MOST_WRITES = 25;
  private static final String REQUEST_ITEMS = "RequestItems";

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "BatchWriteItemInput",
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          ItemShapes.RETURN_ITEM_COLLECTION_METRICS,
          Shape.member(
              REQUEST_ITEMS,
              new Shape.MapOf(
                  "java.util.List<com.amazonaws.dynamodb.v20120810.WriteRequest>",
                  new Shape.ListOf(
                      new Shape.Structure(
                          "WriteRequest",
                          Shape.member(
                              "DeleteRequest",
                              new Shape.Structure("DeleteRequest", ItemShapes.KEY)),
                          Shape.member(
                              "PutRequest",
                              new Shape.Structure(
                                  "PutRequest",
                                  Shape.attributes("Item", new Constraint.NotNull())))))),
              new Constraint.NotNull()));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Map<String, List<Parameters>> requests = call.parameters().listsByName(REQUEST_ITEMS);
    check(call.parameters(), requests);
    Map<Table, List<TableWrite>> writes = new LinkedHashMap<>();
    for (Map.Entry<String, List<Parameters>> ofTable : requests.entrySet()) {
      Table table = call.tables().table(Parameters.tableName(ofTable.getKey()));
      writes.put(table, writes(table.description().definition(), ofTable.getValue()));
    }
    write(call, call.tables().writeAll(writes));
  }

  private static void check(Parameters parameters, Map<String, List<Parameters>> requests) {
    if (requests.isEmpty()) {
      throw DynamoRefusal.validation("The requestItems parameter is required for BatchWriteItem");
    }
    int count = 0;
    for (List<Parameters> ofTable : requests.values()) {
      if (ofTable.isEmpty() || ofTable.size() > MOST_WRITES) {
        throw DynamoRefusal.validation(
            "1 validation error detected: Value '%s' at 'requestItems' failed to satisfy"
                .concat(" constraint: Map value must satisfy constraint: [Member must have length")
                .concat(" less than or equal to 25, Member must have length greater than or equal")
                .concat(" to 1]")
                .formatted(ShapeCheck.show(parameters.members().getOrDefault(REQUEST_ITEMS, ""))));
      }
      ofTable.forEach(BatchWriteItem::check);
      count += ofTable.size();
    }
    if (count > MOST_WRITES) {
      throw DynamoRefusal.validation("Too many items requested for the BatchWriteItem call");
    }
  }

  private static void check(Parameters request) {
    if (request.has("PutRequest") == request.has("DeleteRequest")) {
      throw DynamoRefusal.validation(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    }
    if (request.has("DeleteRequest")) {
      request.structure("DeleteRequest").neededAttributes("Key");
    } else {
      Item item = new Item(request.structure("PutRequest").neededAttributes("Item"));
      if (item.size() > Item.MAXIMUM_SIZE) {
        throw DynamoRefusal.validation("Item size has exceeded the maximum allowed size");
      }
    }
  }

  private static List<TableWrite> writes(TableDefinition table, List<Parameters> requests) {
    KeySchema keys = table.keys();
    List<TableWrite> writes = new ArrayList<>();
    Set<Key> seen = new HashSet<>();
    for (Parameters request : requests) {
      Key key;
      if (request.has("DeleteRequest")) {
        key = keys.keyFrom(request.structure("DeleteRequest").neededAttributes("Key"));
        writes.add(new TableWrite.Delete(key));
      } else {
        Item item = new Item(request.structure("PutRequest").neededAttributes("Item"));
        key = keyOf(keys, item);
        table.check(item);
        writes.add(new TableWrite.Put(item));
      }
      if (!seen.add(key)) {
        throw DynamoRefusal.validation("Provided list of item keys contains duplicates");
      }
    }
    return writes;
  }

  /// Other than [PutItem], a batch does not say what is wrong with a key's type.
  private static Key keyOf(KeySchema keys, Item item) {
    try {
      return keys.keyOf(item);
    } catch (InvalidRequest invalid) {
      boolean mismatch =
          invalid.getMessage().contains("Missing the key")
              || invalid.getMessage().contains("Type mismatch for key");
      throw mismatch
          ? new InvalidRequest("The provided key element does not match the schema")
          : invalid;
    }
  }

  private static void write(DynamoCall call, Map<Table, List<WriteOutcome.Written>> written)
      throws IOException {
    JsonGenerator json = call.json();
    Map<String, ConsumedCapacity.Units> units = new LinkedHashMap<>();
    json.writeStartObject();
    json.writeObjectFieldStart("UnprocessedItems");
    json.writeEndObject();
    if (ConsumedCapacity.wanted(call.parameters())) {
      written.forEach((table, writes) ->
          units.put(
              table.description().name(),
              writes.stream()
                  .map(write ->
                      ConsumedCapacity.Units.ofWrite(table.description().definition(), write))
                  .reduce(ConsumedCapacity.Units.ofTable(0), ConsumedCapacity.Units::plus)));
      ConsumedCapacity.write(json, call.parameters(), units);
    }
    if (call.parameters().text("ReturnItemCollectionMetrics", "NONE").equals("SIZE")) {
      writeCollections(call, written);
    }
    json.writeEndObject();
  }

  private static void writeCollections(
      DynamoCall call, Map<Table, List<WriteOutcome.Written>> written) throws IOException {
    JsonGenerator json = call.json();
    json.writeObjectFieldStart("ItemCollectionMetrics");
    for (Map.Entry<Table, List<WriteOutcome.Written>> ofTable : written.entrySet()) {
      TableDefinition table = ofTable.getKey().description().definition();
      if (ItemCollections.wanted(call.parameters(), table)) {
        json.writeArrayFieldStart(table.name());
        for (WriteOutcome.Written write : ofTable.getValue()) {
          StoredItem item = write.after() == null ? write.before() : write.after();
          if (item != null) {
            ItemCollections.write(json, table, item);
          }
        }
        json.writeEndArray();
      }
    }
    json.writeEndObject();
  }
}
