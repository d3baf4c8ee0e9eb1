package cloud.bevy.testing.oracles;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A table that random requests are about. The name of an attribute that is of a key ends with its
/// type: `pS`.
///
/// @param name what it is called
/// @param keys the partition key and, where there is one, the sort key
/// @param indexes its indexes
record RandomTable(String name, List<String> keys, List<Index> indexes) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// A secondary index.
  ///
  /// @param global whether it has a partition key of its own
  /// @param projection `ALL`, `KEYS_ONLY`, or `INCLUDE`, which is of `a` and `b`
  record Index(String name, boolean global, List<String> keys, String projection) {}

  /// Tables and indexes with keys of all types.
  static final List<RandomTable> ALL =
      List.of(
          new RandomTable("simple", List.of("pS"), List.of()),
          new RandomTable(
              "indexed",
              List.of("pS", "sN"),
              List.of(
                  new Index("local-n", false, List.of("pS", "lN"), "ALL"),
                  new Index("local-s", false, List.of("pS", "lS"), "KEYS_ONLY"),
                  new Index("global-s", true, List.of("gS", "rN"), "ALL"),
                  new Index("global-n", true, List.of("gN"), "INCLUDE"))),
          new RandomTable(
              "binary",
              List.of("pN", "sB"),
              List.of(
                  new Index("global-b", true, List.of("gB", "rS"), "KEYS_ONLY"),
                  new Index("local-i", false, List.of("pN", "lB"), "INCLUDE"))),
          new RandomTable(
              "turned",
              List.of("pB", "sS"),
              List.of(new Index("global-t", true, List.of("sS", "pB"), "ALL"))));

  /// The type of a key attribute.
  static String type(String attribute) {
    return attribute.substring(attribute.length() - 1);
  }

  /// The attributes of all keys, each once.
  Set<String> keyAttributes() {
    Set<String> attributes = new LinkedHashSet<>(keys);
    indexes.forEach(index -> attributes.addAll(index.keys()));
    return attributes;
  }

  /// Makes it.
  RandomRequest creation() {
    ObjectNode body = JSON.objectNode();
    body.put("TableName", name);
    ArrayNode definitions = body.putArray("AttributeDefinitions");
    for (String attribute : keyAttributes()) {
      definitions.addObject().put("AttributeName", attribute).put("AttributeType", type(attribute));
    }
    body.set("KeySchema", schema(keys));
    throughput(body);
    for (boolean global : new boolean[] {false, true}) {
      List<ObjectNode> made = new ArrayList<>();
      indexes.stream().filter(each -> each.global() == global).map(this::index).forEach(made::add);
      if (!made.isEmpty()) {
        body.putArray(global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes").addAll(made);
      }
    }
    return new RandomRequest("CreateTable", body, false);
  }

  private ObjectNode index(Index index) {
    ObjectNode body = JSON.objectNode();
    body.put("IndexName", index.name());
    body.set("KeySchema", schema(index.keys()));
    ObjectNode projection = body.putObject("Projection");
    projection.put("ProjectionType", index.projection());
    if (index.projection().equals("INCLUDE")) {
      projection.putArray("NonKeyAttributes").add("a").add("b");
    }
    if (index.global()) {
      throughput(body);
    }
    return body;
  }

  private static void throughput(ObjectNode body) {
    body.putObject("ProvisionedThroughput")
        .put("ReadCapacityUnits", 5)
        .put("WriteCapacityUnits", 5);
  }

  private static ArrayNode schema(List<String> keys) {
    ArrayNode schema = JSON.arrayNode();
    for (int i = 0; i < keys.size(); i++) {
      schema
          .addObject()
          .put("AttributeName", keys.get(i))
          .put("KeyType", i == 0 ? "HASH" : "RANGE");
    }
    return schema;
  }
}
