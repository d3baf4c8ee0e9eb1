package cloud.bevy.testing.oracles;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Parameters of the time before expressions.
///
/// @param table what they are about
record RandomLegacy(Dice dice, RandomValues values, RandomTable table) {
  private static final List<String> ONE =
      List.of("EQ", "NE", "LE", "LT", "GE", "GT", "CONTAINS", "NOT_CONTAINS", "BEGINS_WITH");
  private static final List<String> RANGES = List.of("EQ", "LE", "LT", "GE", "GT", "BEGINS_WITH");
  private static final List<String> SCALARS = List.of("S", "N", "B");

  /// Adds a condition of a write.
  void expected(ObjectNode body) {
    ObjectNode expected = body.putObject("Expected");
    for (int i = 1 + dice.below(2); i > 0; i--) {
      ObjectNode test = expected.putObject(attribute());
      switch (dice.below(4)) {
        case 0 -> test.put("Exists", false);
        case 1 -> test.set("Value", values.any());
        case 2 -> test.put("Exists", true).set("Value", values.any());
        default -> comparison(test);
      }
    }
    operator(body, expected);
  }

  /// Adds a filter.
  void filter(ObjectNode body, String name) {
    ObjectNode filter = body.putObject(name);
    for (int i = 1 + dice.below(2); i > 0; i--) {
      comparison(filter.putObject(dice.pick(RandomValues.ATTRIBUTES)));
    }
    operator(body, filter);
  }

  private void operator(ObjectNode body, ObjectNode tests) {
    if (dice.oneIn(tests.size() > 1 ? 2 : 30)) {
      body.put("ConditionalOperator", dice.oneIn(2) ? "AND" : "OR");
    }
  }

  private String attribute() {
    return dice.oneIn(5)
        ? dice.pick(List.copyOf(table.keyAttributes()))
        : dice.pick(RandomValues.ATTRIBUTES);
  }

  private void comparison(ObjectNode test) {
    int kind = dice.below(12);
    if (kind == 0) {
      test.put("ComparisonOperator", dice.oneIn(2) ? "NULL" : "NOT_NULL");
      return;
    }
    String type = dice.pick(SCALARS);
    ArrayNode list = test.putArray("AttributeValueList");
    int count = kind == 1 ? 2 : kind == 2 ? 1 + dice.below(3) : 1;
    for (int i = 0; i < count; i++) {
      list.add(kind > 9 ? values.any() : values.of(type));
    }
    test.put("ComparisonOperator", kind == 1 ? "BETWEEN" : kind == 2 ? "IN" : dice.pick(ONE));
  }

  /// Adds what a Query goes by.
  void keyConditions(ObjectNode body, List<String> keys) {
    ObjectNode conditions = body.putObject("KeyConditions");
    one(conditions, keys.getFirst(), dice.oneIn(50) ? dice.pick(ONE) : "EQ");
    if (keys.size() > 1 && dice.oneIn(2)) {
      if (dice.oneIn(4)) {
        one(conditions, keys.getLast(), "BETWEEN");
      } else {
        one(conditions, keys.getLast(), dice.pick(dice.oneIn(30) ? ONE : RANGES));
      }
    }
    if (dice.oneIn(80)) {
      one(conditions, dice.pick(RandomValues.ATTRIBUTES), "EQ");
    }
  }

  private void one(ObjectNode conditions, String attribute, String comparison) {
    ObjectNode condition = conditions.putObject(attribute);
    ArrayNode list = condition.putArray("AttributeValueList");
    String key = attribute.length() > 1 ? attribute : "pS";
    for (int i = comparison.equals("BETWEEN") ? 2 : 1; i > 0; i--) {
      list.add(values.roughKey(key));
    }
    condition.put("ComparisonOperator", comparison);
  }

  /// Adds changes by attribute.
  void updates(ObjectNode body) {
    ObjectNode updates = body.putObject("AttributeUpdates");
    for (int i = 1 + dice.below(3); i > 0; i--) {
      ObjectNode update = updates.putObject(updated());
      switch (dice.below(5)) {
        case 0 -> update.put("Action", "DELETE");
        case 1 -> update.put("Action", "DELETE").set("Value", value(List.of("SS", "NS", "BS")));
        case 2 -> update.put("Action", "ADD").set("Value", value(List.of("N", "SS", "NS", "BS")));
        case 3 -> update.set("Value", values.any());
        default -> update.put("Action", "PUT").set("Value", values.any());
      }
    }
  }

  private String updated() {
    List<String> keys = new ArrayList<>(table.keyAttributes());
    if (!dice.oneIn(10)) {
      keys.removeAll(table.keys());
    }
    return keys.isEmpty() || !dice.oneIn(8) ? dice.pick(RandomValues.ATTRIBUTES) : dice.pick(keys);
  }

  private ObjectNode value(List<String> types) {
    return dice.oneIn(15) ? values.any() : values.of(dice.pick(types));
  }

  /// Adds which attributes are wanted.
  void attributesToGet(ObjectNode body) {
    ArrayNode wanted = JsonNodeFactory.instance.arrayNode();
    List<String> chosen = new ArrayList<>();
    for (int i = 1 + dice.below(3); i > 0; i--) {
      String attribute = attribute();
      if (!chosen.contains(attribute) || dice.oneIn(5)) {
        chosen.add(attribute);
      }
    }
    chosen.forEach(wanted::add);
    body.set("AttributesToGet", wanted);
  }
}
