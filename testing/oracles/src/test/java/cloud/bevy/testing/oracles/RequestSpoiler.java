package cloud.bevy.testing.oracles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Makes something of a request that is wrong, mostly.
record RequestSpoiler(Dice dice, RandomValues values) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> PIECES =
      List.of("(", ")", ",", " ", "AND", "NOT", ":v0", "#a", "size", "=", "[0]", ".", "b", "x1");
  private static final List<String> WORDS =
      List.of("", "x", "a", "NONE", "true", "size", "no-such-table", "by", "1");

  void spoil(ObjectNode body) {
    ObjectNode at = body;
    List<String> names = names(at);
    while (true) {
      if (names.isEmpty()) {
        return;
      }
      String name = dice.pick(names);
      JsonNode value = at.get(name);
      if (value instanceof ObjectNode within && !within.isEmpty() && !dice.oneIn(3)) {
        at = within;
        names = names(at);
        continue;
      }
      if (name.endsWith("Expression") && value.isTextual() && !dice.oneIn(6)) {
        at.put(name, misspelt(value.asText()));
      } else {
        spoil(at, name, value);
      }
      return;
    }
  }

  private static List<String> names(ObjectNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void spoil(ObjectNode at, String name, JsonNode value) {
    switch (dice.below(9)) {
      case 0, 1 -> at.remove(name);
      case 2 -> at.put(name, dice.pick(WORDS));
      case 3 -> at.put(name, dice.below(3) - 1);
      case 4 -> at.putObject(name);
      case 5 -> at.putArray(name);
      case 6 -> at.set(name + "x", value);
      case 7 -> at.set(name, values.any());
      default -> {
        if (value instanceof ArrayNode array && !array.isEmpty()) {
          array.add(array.get(0));
        } else {
          at.set(name, JSON.nullNode());
        }
      }
    }
  }

  private String misspelt(String expression) {
    int at = dice.below(expression.length());
    return switch (dice.below(3)) {
      case 0 -> expression.substring(0, at) + expression.substring(at + 1);
      case 1 -> expression.substring(0, at);
      default -> expression.substring(0, at) + dice.pick(PIECES) + expression.substring(at);
    };
  }
}
