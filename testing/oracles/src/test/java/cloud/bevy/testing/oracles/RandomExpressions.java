package cloud.bevy.testing.oracles;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The expressions of one request, with the names and values that stand in them.
final class RandomExpressions {
  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> TYPES =
      List.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");
  private static final List<String> SETS = List.of("SS", "NS", "BS");
  private static final int DEPTH = 3;

  private final Dice dice;
  private final RandomValues values;
  private final RandomTable table;
  private final ObjectNode names = JsonNodeFactory.instance.objectNode();
  private final ObjectNode literals = JsonNodeFactory.instance.objectNode();

  RandomExpressions(Dice dice, RandomValues values, RandomTable table) {
    this.dice = dice;
    this.values = values;
    this.table = table;
  }

  /// Adds the names and values that were used to a request.
  void addTo(ObjectNode body) {
    if (!names.isEmpty()) {
      body.set("ExpressionAttributeNames", names);
    }
    if (!literals.isEmpty()) {
      body.set("ExpressionAttributeValues", literals);
    }
  }

  /// A condition that may be about any attribute.
  String condition() {
    return condition(0, true);
  }

  /// A condition that is about no key.
  String filter() {
    return condition(0, dice.oneIn(20));
  }

  private String condition(int depth, boolean keys) {
    if (depth < DEPTH) {
      switch (dice.below(8)) {
        case 0 -> {
          return condition(depth + 1, keys) + " AND " + condition(depth + 1, keys);
        }
        case 1 -> {
          return condition(depth + 1, keys) + " OR " + condition(depth + 1, keys);
        }
        case 2 -> {
          return "NOT " + condition(depth + 1, keys);
        }
        case 3 -> {
          return "(" + condition(depth + 1, keys) + ")";
        }
        default -> {}
      }
    }
    return test(keys);
  }

  private String test(boolean keys) {
    return switch (dice.below(11)) {
      case 0, 1 -> "attribute_exists(" + path(keys) + ")";
      case 2 -> "attribute_not_exists(" + path(keys) + ")";
      case 3 ->
          "begins_with(" + path(keys) + ", " + value(values.of(dice.pick(List.of("S", "B")))) + ")";
      case 4 -> "contains(" + path(keys) + ", " + operand(keys) + ")";
      case 5 -> "attribute_type(" + path(keys) + ", " + type() + ")";
      case 6 -> operand(keys) + " BETWEEN " + bounds();
      case 7 -> operand(keys) + " IN (" + candidates(keys) + ")";
      case 8 -> "size(" + path(keys) + ") " + dice.pick(COMPARISONS) + " " + value(values.of("N"));
      default -> path(keys) + " " + dice.pick(COMPARISONS) + " " + operand(keys);
    };
  }

  private String type() {
    ObjectNode type = JsonNodeFactory.instance.objectNode();
    return value(type.put("S", dice.oneIn(30) ? "X" : dice.pick(TYPES)));
  }

  private String bounds() {
    String type = dice.pick(List.of("S", "N", "B"));
    return value(values.of(type)) + " AND " + value(values.of(type));
  }

  private String candidates(boolean keys) {
    List<String> candidates = new ArrayList<>();
    for (int i = 1 + dice.below(3); i > 0; i--) {
      candidates.add(operand(keys));
    }
    return String.join(", ", candidates);
  }

  private String operand(boolean keys) {
    return switch (dice.below(6)) {
      case 0 -> path(keys);
      case 1 -> dice.oneIn(3) ? "size(" + path(keys) + ")" : value(values.any());
      default -> value(values.any());
    };
  }

  /// A place in an item.
  String path(boolean keys) {
    String attribute =
        keys && dice.oneIn(5)
            ? dice.pick(List.copyOf(table.keyAttributes()))
            : dice.pick(RandomValues.ATTRIBUTES);
    StringBuilder path = new StringBuilder(name(attribute));
    for (int i = 0; i < 2 && dice.oneIn(4); i++) {
      if (dice.oneIn(2)) {
        path.append('[').append(dice.below(3)).append(']');
      } else {
        path.append('.').append(name(dice.pick(RandomValues.ATTRIBUTES)));
      }
    }
    return path.toString();
  }

  String name(String attribute) {
    if (dice.oneIn(2)) {
      return attribute;
    }
    String placeholder = "#" + attribute;
    names.put(placeholder, attribute);
    return placeholder;
  }

  String value(ObjectNode value) {
    String placeholder = ":v" + literals.size();
    literals.set(placeholder, value);
    return placeholder;
  }

  String projection() {
    Set<String> paths = new LinkedHashSet<>();
    for (int i = 1 + dice.below(4); i > 0; i--) {
      paths.add(path(true));
    }
    return String.join(", ", paths);
  }

  String update() {
    StringBuilder update = new StringBuilder();
    for (String clause : List.of("SET", "REMOVE", "ADD", "DELETE")) {
      int count = dice.below(clause.equals("SET") ? 4 : 2);
      if (count > 0) {
        update.append(clause).append(' ');
        List<String> actions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          actions.add(action(clause));
        }
        update.append(String.join(", ", actions)).append(' ');
      }
    }
    return update.isEmpty() ? "REMOVE " + target() : update.toString().strip();
  }

  private String target() {
    if (dice.oneIn(4)) {
      List<String> keys = new ArrayList<>(table.keyAttributes());
      if (!dice.oneIn(30)) {
        keys.removeAll(table.keys());
      }
      return name(keys.isEmpty() ? "a" : dice.pick(keys));
    }
    return path(false);
  }

  private String action(String clause) {
    String target = target();
    return switch (clause) {
      case "SET" -> target + " = " + assigned(target);
      case "REMOVE" -> target;
      case "ADD" -> target + " " + value(values.of(dice.oneIn(2) ? "N" : dice.pick(SETS)));
      default -> target + " " + value(values.of(dice.pick(SETS)));
    };
  }

  private String assigned(String target) {
    if (target.length() > 1 && Character.isUpperCase(target.charAt(target.length() - 1))) {
      return value(values.roughKey(target));
    }
    return switch (dice.below(8)) {
      case 0 -> source() + " + " + value(values.of("N"));
      case 1 -> value(values.of("N")) + " - " + source();
      case 2 -> "if_not_exists(" + path(false) + ", " + value(values.any()) + ")";
      case 3 -> "list_append(" + list() + ", " + list() + ")";
      case 4 -> path(true);
      default -> value(values.any());
    };
  }

  private String source() {
    return dice.oneIn(2)
        ? "if_not_exists(" + path(false) + ", " + value(values.of("N")) + ")"
        : path(false);
  }

  private String list() {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.putArray("L").add(values.of("S"));
    return switch (dice.below(3)) {
      case 0 -> path(false);
      case 1 -> "if_not_exists(" + path(false) + ", " + value(list) + ")";
      default -> value(list);
    };
  }

  /// A condition that a Query of a table or an index can go by.
  String keyCondition(List<String> keys) {
    String partition = name(keys.getFirst()) + " = " + value(values.roughKey(keys.getFirst()));
    if (keys.size() == 1 || dice.oneIn(2)) {
      return dice.oneIn(100) ? partition + " AND " + test(true) : partition;
    }
    String sort = keys.getLast();
    String range =
        switch (dice.below(8)) {
          case 0, 1 -> name(sort) + " BETWEEN " + between(sort);
          case 2 -> "begins_with(" + name(sort) + ", " + value(values.roughKey(sort)) + ")";
          case 3 -> value(values.roughKey(sort)) + " < " + name(sort);
          default ->
              name(sort)
                  + " "
                  + dice.pick(dice.oneIn(40) ? COMPARISONS : RANGES)
                  + " "
                  + value(values.roughKey(sort));
        };
    return dice.oneIn(4) ? range + " AND " + partition : partition + " AND " + range;
  }

  private static final List<String> RANGES = List.of("=", "<", "<=", ">", ">=");

  private String between(String sort) {
    return value(values.roughKey(sort)) + " AND " + value(values.roughKey(sort));
  }

  @Override
  public String toString() {
    return names.properties().stream().map(Object::toString).collect(Collectors.joining());
  }
}
