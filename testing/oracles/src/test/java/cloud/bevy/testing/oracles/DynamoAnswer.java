package cloud.bevy.testing.oracles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What an implementation of DynamoDB's API answers.
///
/// @param status HTTP's
/// @param body the output, or the error
record DynamoAnswer(int status, JsonNode body) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> SETS = Set.of("SS", "NS", "BS");

  /// The name of an error, without the service it is of; empty for an output.
  String error() {
    String type = body.path("__type").asText("");
    return type.substring(type.indexOf('#') + 1);
  }

  String message() {
    return body.path("message").asText(body.path("Message").asText(""));
  }

  /// The consumed capacity; 0 where nothing is said of it.
  double units() {
    return body.path("ConsumedCapacity").path("CapacityUnits").asDouble();
  }

  DynamoAnswer withoutUnits() {
    JsonNode without = body.deepCopy();
    if (without instanceof ObjectNode object) {
      object.remove("ConsumedCapacity");
    }
    return new DynamoAnswer(status, without);
  }

  boolean failed() {
    return status != 200;
  }

  /// The same for all implementations that are right: errors as their name and message, sets in one
  /// order, and items in one where DynamoDB promises none.
  ///
  /// @param ordered the attribute by which items are in order; null for none
  JsonNode comparable(RandomRequest request, String ordered) {
    if (failed()) {
      return JSON.objectNode().put("error", error()).put("message", comparable(message()));
    }
    JsonNode sorted = sorted(body);
    if (sorted instanceof ObjectNode object && object.get("Items") instanceof ArrayNode items) {
      object.set("Items", inOrder(items, ordered));
    }
    if (request.operation().equals("BatchGetItem") && sorted.get("Responses") != null) {
      ObjectNode responses = (ObjectNode) sorted.get("Responses");
      responses
          .properties()
          .forEach(each -> each.setValue(inOrder((ArrayNode) each.getValue(), null)));
    }
    return sorted;
  }

  /// A message without what a parser would have expected.
  private static String comparable(String message) {
    int syntax = message.indexOf("Syntax error;");
    return syntax < 0 ? message : message.substring(0, syntax);
  }

  /// Items with the same sort key, which follow each other, in one order.
  private static ArrayNode inOrder(ArrayNode items, String by) {
    ArrayNode ordered = JSON.arrayNode();
    List<JsonNode> alike = new ArrayList<>();
    for (JsonNode item : items) {
      if (by != null
          && !alike.isEmpty()
          && !Objects.equals(alike.getFirst().get(by), item.get(by))) {
        flush(alike, ordered);
      }
      alike.add(item);
    }
    flush(alike, ordered);
    return ordered;
  }

  private static void flush(List<JsonNode> alike, ArrayNode ordered) {
    alike.sort(Comparator.comparing(JsonNode::toString));
    ordered.addAll(alike);
    alike.clear();
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JSON.arrayNode();
      array.forEach(each -> copy.add(sorted(each)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JSON.objectNode();
      object.properties().stream()
          .sorted(java.util.Map.Entry.comparingByKey())
          .forEach(each -> {
            boolean set = SETS.contains(each.getKey()) && each.getValue().isArray();
            JsonNode value = sorted(each.getValue());
            copy.set(each.getKey(), set ? inOrder((ArrayNode) value, null) : value);
          });
      return copy;
    }
    return node.isNumber() ? JSON.numberNode(node.asDouble()) : node;
  }
}
