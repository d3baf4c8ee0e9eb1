package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.ItemJson;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.WriteOutcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/// What `ReturnItemCollectionMetrics` asks for: which items that share a partition key with others
/// were written to, in a table that has local indexes. Here nothing limits their size.
final class ItemCollections {
  private ItemCollections() {}

  /// Writes the answer's member, if the request asks for it and the table has local indexes.
  static void write(DynamoCall call, TableDefinition table, WriteOutcome.Written written)
      throws IOException {
    StoredItem item = written.after() == null ? written.before() : written.after();
    if (item != null && wanted(call.parameters(), table)) {
      call.json().writeFieldName("ItemCollectionMetrics");
      write(call.json(), table, item);
    }
  }

  /// Whether there is something to say.
  static boolean wanted(Parameters parameters, TableDefinition table) {
    return parameters.text("ReturnItemCollectionMetrics", "NONE").equals("SIZE")
        && !table.indexes().stream().allMatch(SecondaryIndex::global);
  }

  /// Writes what there is to say of one item.
  static void write(JsonGenerator json, TableDefinition table, StoredItem item) throws IOException {
    String partition = table.keys().partition().name();
    AttributeValue value = table.keys().keyOf(item.item()).partition();
    json.writeStartObject();
    json.writeFieldName("ItemCollectionKey");
    ItemJson.write(json, Map.of(partition, value));
    json.writeArrayFieldStart("SizeEstimateRangeGB");
    json.writeNumber(0);
    json.writeNumber(1);
    json.writeEndArray();
    json.writeEndObject();
  }
}
