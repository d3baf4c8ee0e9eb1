package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.KeySchema;
import java.util.List;

/// What requests about tables say of keys, indexes and streams.
final class IndexShapes {
  static final Shape.Member ATTRIBUTE_DEFINITIONS =
      Shape.member("AttributeDefinitions", definitions());

  static final Shape.Member NEEDED_ATTRIBUTE_DEFINITIONS =
      Shape.member("AttributeDefinitions", definitions(), new Constraint.NotNull());

  private static final int LONGEST_KEY_NAME = 255;

  static final Shape.Member KEY_SCHEMA = keySchema(2);

  /// A global index may have several attributes in each of its two keys.
  private static final Shape.Member GLOBAL_KEY_SCHEMA = keySchema(2 * KeySchema.MOST_ATTRIBUTES);

  static final Shape.Member INDEX_NAME =
      Shape.text(
          "IndexName",
          new Constraint.NotNull(),
          new Constraint.Matches(ItemShapes.NAME_PATTERN),
          new Constraint.Shortest(3),
          new Constraint.Longest(ItemShapes.LONGEST_NAME));

  private static final Shape.Member PROJECTION =
      Shape.member(
          "Projection",
          new Shape.Structure(
              "Projection",
              Shape.word("ProjectionType", "ALL", "INCLUDE", "KEYS_ONLY"),
              Shape.member(
                  "NonKeyAttributes",
                  new Shape.ListOf(Shape.Scalar.TEXT),
                  new Constraint.Shortest(1),
                  new Constraint.Longest(20))),
          new Constraint.NotNull());

  static final Shape.Member LOCAL_INDEXES =
      Shape.member(
          "LocalSecondaryIndexes",
          new Shape.ListOf(
              new Shape.Structure("LocalSecondaryIndex", INDEX_NAME, KEY_SCHEMA, PROJECTION)));

  static final Shape.Member GLOBAL_INDEXES =
      Shape.member("GlobalSecondaryIndexes", new Shape.ListOf(global("GlobalSecondaryIndex")));

  static final Shape.Member INDEX_UPDATES =
      Shape.member(
          "GlobalSecondaryIndexUpdates",
          new Shape.ListOf(
              new Shape.Structure(
                  "GlobalSecondaryIndexUpdate",
                  Shape.member(
                      "Update",
                      new Shape.Structure(
                          "UpdateGlobalSecondaryIndexAction",
                          INDEX_NAME,
                          TableAnswer.PROVISIONED_THROUGHPUT,
                          CapacityParameters.ON_DEMAND_THROUGHPUT,
                          CapacityParameters.WARM_THROUGHPUT)),
                  Shape.member("Create", global("CreateGlobalSecondaryIndexAction")),
                  Shape.member(
                      "Delete",
                      new Shape.Structure("DeleteGlobalSecondaryIndexAction", INDEX_NAME)))));

  private IndexShapes() {}

  private static Shape.Structure global(String type) {
    return new Shape.Structure(
        type,
        INDEX_NAME,
        GLOBAL_KEY_SCHEMA,
        PROJECTION,
        TableAnswer.PROVISIONED_THROUGHPUT,
        CapacityParameters.ON_DEMAND_THROUGHPUT,
        CapacityParameters.WARM_THROUGHPUT);
  }

  private static Shape.Member keySchema(int most) {
    return Shape.member(
        "KeySchema",
        new Shape.ListOf(
            new Shape.Structure(
                "KeySchemaElement",
                keyName(),
                Shape.text(
                    "KeyType",
                    new Constraint.NotNull(),
                    new Constraint.OneOf(List.of("HASH", "RANGE"))))),
        new Constraint.NotNull(),
        new Constraint.Shortest(1),
        new Constraint.Longest(most));
  }

  private static Shape.Member keyName() {
    return Shape.text(
        "AttributeName", new Constraint.NotNull(), new Constraint.Longest(LONGEST_KEY_NAME));
  }

  private static Shape definitions() {
    return new Shape.ListOf(
        new Shape.Structure(
            "AttributeDefinition",
            keyName(),
            Shape.text(
                "AttributeType",
                new Constraint.NotNull(),
                new Constraint.OneOf(List.of("B", "N", "S")))));
  }
}
