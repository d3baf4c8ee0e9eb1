package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.ExpressionKind;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.Update;
import cloud.bevy.services.tables.WriteOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes an item, or makes one.
final class UpdateItem implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateItemInput",
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          ItemShapes.TABLE_NAME,
          ItemShapes.RETURN_ITEM_COLLECTION_METRICS,
          ItemShapes.RETURN_VALUES,
          ItemShapes.RETURN_VALUES_ON_FAILURE,
          ItemShapes.KEY,
          LegacyShapes.CONDITIONAL_OPERATOR,
          LegacyShapes.EXPECTED,
          LegacyShapes.ATTRIBUTE_UPDATES,
          ItemShapes.CONDITION_EXPRESSION,
          Shape.text("UpdateExpression"),
          ItemShapes.EXPRESSION_VALUES,
          ItemShapes.EXPRESSION_NAMES);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    Expressions.checkTogether(
        parameters,
        List.of(ExpressionKind.UPDATE, ExpressionKind.CONDITION),
        List.of("AttributeUpdates", "Expected", "ConditionalOperator"));
    Map<String, AttributeValue> attributes = parameters.neededAttributes("Key");
    Expressions expressions = Expressions.of(parameters);
    Update update = expressions.update();
    Condition condition = expressions.condition(ExpressionKind.CONDITION);
    expressions.checkAllUsed();
    Table table = call.tables().table(parameters.tableName());
    Key key = table.keys().keyFrom(attributes);
    update.check(table.description().definition());
    WriteOutcome.Written written =
        ItemAnswer.written(parameters, table.update(key, update, condition));
    ItemAnswer.write(call, table, written, returned(parameters, update, written));
  }

  private static @Nullable StoredItem returned(
      Parameters parameters, Update update, WriteOutcome.Written written) {
    return switch (parameters.text("ReturnValues", "NONE")) {
      case "ALL_OLD" -> written.before();
      case "ALL_NEW" -> written.after();
      case "UPDATED_OLD" -> updated(update, written.before());
      case "UPDATED_NEW" -> updated(update, written.after());
      default -> null;
    };
  }

  /// The parts of an item that the update names; null where the item has none of them.
  private static @Nullable StoredItem updated(Update update, @Nullable StoredItem item) {
    if (item == null) {
      return null;
    }
    Item parts = Projection.of(update.paths()).of(item.item());
    return parts.attributes().isEmpty() ? null : StoredItem.of(parts);
  }
}
