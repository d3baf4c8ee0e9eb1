package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.Shape.Member;
import java.util.List;

/// The parameters that came before expressions.
final class LegacyShapes {
  static final Member ATTRIBUTES_TO_GET =
      Shape.member(
          "AttributesToGet", new Shape.ListOf(Shape.Scalar.TEXT), new Constraint.Shortest(1));
  static final Member CONDITIONAL_OPERATOR = Shape.word("ConditionalOperator", "OR", "AND");
  static final Member QUERY_FILTER = conditions("QueryFilter");
  static final Member SCAN_FILTER = conditions("ScanFilter");
  static final Member KEY_CONDITIONS = conditions("KeyConditions");

  private static final Member OPERATOR = operator();
  private static final Member VALUE = Shape.member("Value", Shape.Scalar.VALUE);
  private static final Member VALUES =
      Shape.member("AttributeValueList", new Shape.ListOf(Shape.Scalar.VALUE));

  static final Member EXPECTED =
      map(
          "Expected",
          new Shape.Structure(
              "ExpectedAttributeValue", Shape.flag("Exists"), VALUE, OPERATOR, VALUES));
  static final Member ATTRIBUTE_UPDATES =
      map(
          "AttributeUpdates",
          new Shape.Structure(
              "AttributeValueUpdate", VALUE, Shape.word("Action", "ADD", "DELETE", "PUT")));

  private LegacyShapes() {}

  private static Member conditions(String name) {
    return map(
        name,
        new Shape.Structure(
            "Condition",
            new Member(
                "ComparisonOperator",
                Shape.Scalar.TEXT,
                List.of(new Constraint.NotNull(), operators())),
            Shape.member("AttributeValueList", new Shape.ListOf(Shape.Scalar.VALUE))));
  }

  private static Member operator() {
    return Shape.text("ComparisonOperator", operators());
  }

  private static Constraint operators() {
    return new Constraint.OneOf(
        List.of(
            "IN",
            "NULL",
            "BETWEEN",
            "LT",
            "NOT_CONTAINS",
            "EQ",
            "GT",
            "NOT_NULL",
            "NE",
            "LE",
            "BEGINS_WITH",
            "GE",
            "CONTAINS"));
  }

  private static Member map(String name, Shape.Structure value) {
    return Shape.member(
        name, new Shape.MapOf("com.amazonaws.dynamodb.v20120810." + value.type(), value));
  }
}
