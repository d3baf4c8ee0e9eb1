package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.ExpressionKind;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the item with a key. Every read is consistent, whether that is asked for or not.
final class GetItem implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "GetItemInput",
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          LegacyShapes.ATTRIBUTES_TO_GET,
          ItemShapes.TABLE_NAME,
          ItemShapes.KEY,
          Shape.flag("ConsistentRead"),
          ItemShapes.PROJECTION_EXPRESSION,
          ItemShapes.EXPRESSION_NAMES);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    Expressions.checkTogether(
        parameters, List.of(ExpressionKind.PROJECTION), List.of("AttributesToGet"));
    Map<String, AttributeValue> key = parameters.neededAttributes("Key");
    Expressions expressions = Expressions.of(parameters);
    Projection projection = expressions.projection();
    expressions.checkAllUsed();
    Table table = call.tables().table(parameters.tableName());
    Key wanted = table.keys().keyFrom(key);
    PagedRead.checkScalars(table, projection, null);
    Optional<StoredItem> item = table.get(wanted);

    JsonGenerator json = call.json();
    json.writeStartObject();
    if (item.isPresent()) {
      json.writeFieldName("Item");
      ItemAnswer.write(json, item.get(), projection);
    }
    if (ConsumedCapacity.wanted(parameters)) {
      boolean consistent = parameters.flag("ConsistentRead", false);
      double units = ConsumedCapacity.ofRead(ItemAnswer.size(item.orElse(null)), consistent);
      ConsumedCapacity.write(json, parameters, parameters.tableName(), units);
    }
    json.writeEndObject();
  }
}
