package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.ExpressionKind;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.WriteOutcome;
import java.io.IOException;
import java.util.List;

/// Writes an item in place of the one with its key.
final class PutItem implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "PutItemInput",
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          ItemShapes.TABLE_NAME,
          Shape.attributes("Item", new Constraint.NotNull()),
          LegacyShapes.CONDITIONAL_OPERATOR,
          LegacyShapes.EXPECTED,
          ItemShapes.RETURN_VALUES,
          ItemShapes.RETURN_ITEM_COLLECTION_METRICS,
          ItemShapes.RETURN_VALUES_ON_FAILURE,
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
    Item item = new Item(parameters.neededAttributes("Item"));
    boolean returnsOld = returnsOld(parameters);
    if (item.size() > Item.MAXIMUM_SIZE) {
      throw DynamoRefusal.validation("Item size has exceeded the maximum allowed size");
    }
    Expressions expressions = Expressions.of(parameters);
    Condition condition = expressions.condition(ExpressionKind.CONDITION);
    expressions.checkAllUsed();
    Table table = call.tables().table(parameters.tableName());
    WriteOutcome.Written written = ItemAnswer.written(parameters, table.put(item, condition));
    StoredItem before = returnsOld ? written.before() : null;
    ItemAnswer.write(call, table, written, before);
  }

  /// Whether the item as it was is wanted.
  ///
  /// @throws DynamoRefusal if something else is
  static boolean returnsOld(Parameters parameters) {
    String wanted = parameters.text("ReturnValues", "NONE");
    if (!wanted.equals("ALL_OLD") && !wanted.equals("NONE")) {
      throw DynamoRefusal.validation("ReturnValues can only be ALL_OLD or NONE");
    }
    return wanted.equals("ALL_OLD");
  }
}
