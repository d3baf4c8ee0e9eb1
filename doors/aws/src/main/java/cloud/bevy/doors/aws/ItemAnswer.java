package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.ItemJson;
import cloud.bevy.services.tables.Page;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.WriteOutcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// How items stand in answers.
final class ItemAnswer {
  private ItemAnswer() {}

  /// Writes an item as a value: as it is stored, unless only parts of it are wanted.
  static void write(JsonGenerator json, StoredItem item, @Nullable Projection projection)
      throws IOException {
    if (projection == null) {
      json.writeRawValue(new RawJson(item.json()));
    } else {
      ItemJson.write(json, projection.of(item.item()));
    }
  }

  /// What a write of one item does when its condition did not hold.
  ///
  /// @throws DynamoRefusal if it did not
  static WriteOutcome.Written written(Parameters parameters, WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Written written -> written;
      case WriteOutcome.ConditionFailed(StoredItem current) -> {
        boolean shown =
            parameters.text("ReturnValuesOnConditionCheckFailure", "NONE").equals("ALL_OLD");
        throw DynamoRefusal.conditionalCheckFailed(shown ? current : null);
      }
    };
  }

  /// Writes the whole answer to a write of one item.
  ///
  /// @param returned what `ReturnValues` asked for; null for nothing
  static void write(
      DynamoCall call, Table on, WriteOutcome.Written written, @Nullable StoredItem returned)
      throws IOException {
    TableDefinition table = on.description().definition();
    JsonGenerator json = call.json();
    json.writeStartObject();
    if (returned != null) {
      json.writeFieldName("Attributes");
      write(json, returned, null);
    }
    if (ConsumedCapacity.wanted(call.parameters())) {
      ConsumedCapacity.Units units = ConsumedCapacity.Units.ofWrite(table, written);
      ConsumedCapacity.write(json, call.parameters(), table.name(), units);
    }
    ItemCollections.write(call, table, written);
    json.writeEndObject();
  }

  /// The bytes of an item as DynamoDB counts them; 0 where there is none.
  static int size(@Nullable StoredItem item) {
    return item == null ? 0 : item.item().size();
  }

  /// Writes the whole answer to a query or scan.
  ///
  /// @param projection what is wanted of the items; null for all
  static void write(
      DynamoCall call, @Nullable SecondaryIndex index, Page page, @Nullable Projection projection)
      throws IOException {
    JsonGenerator json = call.json();
    Parameters parameters = call.parameters();
    json.writeStartObject();
    json.writeNumberField("Count", page.items().size());
    json.writeNumberField("ScannedCount", page.scanned());
    if (!parameters.text("Select", "").equals("COUNT")) {
      json.writeArrayFieldStart("Items");
      for (StoredItem item : page.items()) {
        write(json, item, projection);
      }
      json.writeEndArray();
    }
    SequencedMap<String, AttributeValue> last = page.last();
    if (last != null) {
      json.writeFieldName("LastEvaluatedKey");
      ItemJson.write(json, last);
    }
    boolean consistent = parameters.flag("ConsistentRead", false);
    ConsumedCapacity.Units units = ConsumedCapacity.Units.ofPage(index, page, consistent);
    ConsumedCapacity.write(json, parameters, parameters.tableName(), units);
    json.writeEndObject();
  }
}
