package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.Shape.Member;

/// The members that the shapes of several operations share.
final class ItemShapes {
  static final String NAME_PATTERN = "[a-zA-Z0-9_.-]+";
  static final int SHORTEST_NAME = 3;
  static final int LONGEST_NAME = 255;

  /// The table of an operation on items.
  static final Member TABLE_NAME =
      Shape.text(
          "TableName",
          new Constraint.NotNull(),
          new Constraint.Shortest(1),
          new Constraint.Longest(LONGEST_NAME),
          new Constraint.Matches(NAME_PATTERN),
          new Constraint.Shortest(SHORTEST_NAME));

  static final Member RETURN_CONSUMED_CAPACITY =
      Shape.word("ReturnConsumedCapacity", "INDEXES", "TOTAL", "NONE");
  static final Member RETURN_ITEM_COLLECTION_METRICS =
      Shape.word("ReturnItemCollectionMetrics", "SIZE", "NONE");
  static final Member RETURN_VALUES =
      Shape.word("ReturnValues", "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
  static final Member RETURN_VALUES_ON_FAILURE =
      Shape.word("ReturnValuesOnConditionCheckFailure", "ALL_OLD", "NONE");
  static final Member KEY = Shape.attributes("Key", new Constraint.NotNull());
  static final Member EXPRESSION_NAMES = Shape.texts("ExpressionAttributeNames");
  static final Member EXPRESSION_VALUES = Shape.attributes("ExpressionAttributeValues");

  static final Member CONDITION_EXPRESSION = Shape.text("ConditionExpression");
  static final Member PROJECTION_EXPRESSION = Shape.text("ProjectionExpression");
  static final Member FILTER_EXPRESSION = Shape.text("FilterExpression");

  private ItemShapes() {}
}
