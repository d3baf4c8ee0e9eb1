package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.ExpressionKind;
import cloud.bevy.services.tables.KeyCondition;
import cloud.bevy.services.tables.Page;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.Reading;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.Table;
import java.io.IOException;
import java.util.List;

/// Reads the items of one partition, in the order of their sort keys.
final class Query implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "QueryInput",
          PagedRead.SELECT,
          PagedRead.INDEX_NAME,
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          LegacyShapes.QUERY_FILTER,
          ItemShapes.TABLE_NAME,
          LegacyShapes.CONDITIONAL_OPERATOR,
          LegacyShapes.ATTRIBUTES_TO_GET,
          Shape.whole("Limit"),
          LegacyShapes.KEY_CONDITIONS,
          Shape.attributes("ExclusiveStartKey"),
          Shape.flag("ConsistentRead"),
          Shape.flag("ScanIndexForward"),
          Shape.text("KeyConditionExpression"),
          ItemShapes.FILTER_EXPRESSION,
          ItemShapes.PROJECTION_EXPRESSION,
          ItemShapes.EXPRESSION_VALUES,
          ItemShapes.EXPRESSION_NAMES);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    check(parameters);
    Expressions expressions = Expressions.of(parameters);
    boolean legacy = parameters.has("QueryFilter");
    Condition filter = legacy ? expressions.condition(ExpressionKind.FILTER) : null;
    Projection wanted = parameters.has("AttributesToGet") ? expressions.projection() : null;
    Condition keys = expressions.condition(ExpressionKind.KEY_CONDITION);
    filter = legacy ? filter : expressions.condition(ExpressionKind.FILTER);
    Projection projection = wanted == null ? expressions.projection() : wanted;
    expressions.checkAllUsed();
    if (keys == null && parameters.has("KeyConditions")) {
      throw DynamoRefusal.validation("Conditions can be of length 1 or 2 only");
    }
    if (keys == null) {
      throw DynamoRefusal.validation(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
    KeyCondition condition = KeyCondition.of(keys);
    Reading reading = PagedRead.reading(parameters, filter, projection != null);
    Table table = call.tables().table(parameters.tableName());
    SecondaryIndex index = PagedRead.index(parameters, table, projection);
    reading = PagedRead.within(reading, table, index, projection);
    boolean forward = parameters.flag("ScanIndexForward", true);
    Page page = table.query(condition, forward, reading);
    PagedRead.checkWhole(parameters, index);
    PagedRead.checkScalars(table, projection, filter);
    ItemAnswer.write(call, index, page, projection);
  }

  private static void check(Parameters parameters) {
    Long limit = parameters.whole("Limit");
    if (limit != null && limit < 1) {
      // DynamoDB says this one in other words than all other constraints.
      throw DynamoRefusal.validation(
          "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must"
              + " have value greater than or equal to 1");
    }
    Expressions.checkTogether(
        parameters,
        List.of(ExpressionKind.PROJECTION, ExpressionKind.FILTER, ExpressionKind.KEY_CONDITION),
        List.of("AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"));
    PagedRead.checkSelect(parameters);
    PagedRead.start(parameters);
  }
}
