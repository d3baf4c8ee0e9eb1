package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.ExpressionKind;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.WriteOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Deletes the item with a key.
final class DeleteItem implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DeleteItemInput",
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          ItemShapes.TABLE_NAME,
          ItemShapes.RETURN_ITEM_COLLECTION_METRICS,
          ItemShapes.RETURN_VALUES,
          ItemShapes.RETURN_VALUES_ON_FAILURE,
          ItemShapes.KEY,
          LegacyShapes.CONDITIONAL_OPERATOR,
          LegacyShapes.EXPECTED,
          ItemShapes.CONDITION_EXPRESSION,
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
        parameters, List.of(ExpressionKind.CONDITION), List.of("Expected", "ConditionalOperator"));
    Map<String, AttributeValue> key = parameters.neededAttributes("Key");
    boolean returnsOld = PutItem.returnsOld(parameters);
    Expressions expressions = Expressions.of(parameters);
    Condition condition = expressions.condition(ExpressionKind.CONDITION);
    expressions.checkAllUsed();
    Table table = call.tables().table(parameters.tableName());
    WriteOutcome.Written written =
        ItemAnswer.written(parameters, table.delete(table.keys().keyFrom(key), condition));
    StoredItem before = returnsOld ? written.before() : null;
    ItemAnswer.write(call, table, written, before);
  }
}
