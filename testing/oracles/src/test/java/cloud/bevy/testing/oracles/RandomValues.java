package cloud.bevy.testing.oracles;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Random values of attributes. There are few of each type, so that they meet again.
final class RandomValues {
  /// Attributes that are of no key.
  static final List<String> ATTRIBUTES = List.of("a", "b", "c", "d", "e");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEPTH = 3;
  private static final List<String> SCALARS = List.of("S", "N", "B");
  private static final List<String> TYPES =
      List.of("S", "S", "N", "N", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "L", "M", "M");
  private static final List<String> TEXTS =
      List.of("", "a", "ab", "abc", "b", "ba", "é", "Z", "1", "a b", "zz", "0", "long text");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "10",
          "1.5",
          "-1.5",
          "100",
          "0.001",
          "3",
          "4",
          "-20",
          "1e2",
          "1.50",
          "007",
          "12345678901234567890123456789012345678",
          "-0",
          "0.1",
          "1E-5",
          "5e3",
          "99999999999999999999999999999999999999",
          "-9876543210987654321.0987654321098765432",
          "0.00000000000000000000000000000000000001",
          "1E-130",
          "-9.9999999999999999999999999999999999999E125");
  private static final List<String> NO_NUMBERS =
      List.of(
          "123456789012345678901234567890123456789",
          "1.23456789012345678901234567890123456789",
          "1E126",
          "-1E126",
          "1E-131",
          "",
          "a",
          "1e",
          "--1",
          " 1",
          "NaN",
          "Infinity",
          "0x1");
  private static final List<String> BYTES =
      List.of("", "AA==", "AQ==", "AAE=", "YWI=", "/w==", "YWJj", "gIA=");
  private static final List<String> KEY_TEXTS = List.of("a", "ab", "b", "é", "Z", "1", "aa", "ac");
  private static final List<String> KEY_NUMBERS =
      List.of("0", "1", "-1", "2", "10", "1.5", "-1.5", "100", "0.001", "-20", "1e2");
  private static final List<String> KEY_BYTES = List.of("AA==", "AQ==", "AAE=", "/w==", "YWJj");

  private final Dice dice;

  RandomValues(Dice dice) {
    this.dice = dice;
  }

  ObjectNode any() {
    return any(0);
  }

  private ObjectNode any(int depth) {
    String type = dice.pick(TYPES);
    return depth >= DEPTH && (type.equals("L") || type.equals("M")) ? of("N") : of(type, depth);
  }

  /// A value of a type.
  ObjectNode of(String type) {
    return of(type, DEPTH);
  }

  private ObjectNode of(String type, int depth) {
    ObjectNode value = JSON.objectNode();
    switch (type) {
      case "S" -> value.put(type, dice.pick(TEXTS));
      case "N" -> value.put(type, dice.pick(dice.oneIn(300) ? NO_NUMBERS : NUMBERS));
      case "B" -> value.put(type, dice.pick(BYTES));
      case "BOOL" -> value.put(type, dice.oneIn(2));
      case "NULL" -> value.put(type, true);
      case "SS" -> set(value.putArray(type), TEXTS);
      case "NS" -> set(value.putArray(type), KEY_NUMBERS.subList(0, KEY_NUMBERS.size() - 1));
      case "BS" -> set(value.putArray(type), BYTES);
      case "L" -> {
        ArrayNode list = value.putArray(type);
        for (int i = dice.below(4); i > 0; i--) {
          list.add(any(depth + 1));
        }
      }
      case "M" -> {
        ObjectNode map = value.putObject(type);
        for (int i = dice.below(4); i > 0; i--) {
          map.set(dice.pick(ATTRIBUTES), any(depth + 1));
        }
      }
      default -> throw new IllegalArgumentException(type);
    }
    return value;
  }

  private void set(ArrayNode array, List<String> choices) {
    Set<String> chosen = new LinkedHashSet<>();
    for (int i = 1 + dice.below(3); i > 0; i--) {
      chosen.add(dice.pick(choices));
    }
    chosen.forEach(array::add);
  }

  /// A value of a key attribute.
  ObjectNode key(String attribute) {
    String type = RandomTable.type(attribute);
    List<String> choices =
        switch (type) {
          case "S" -> KEY_TEXTS;
          case "N" -> KEY_NUMBERS;
          default -> KEY_BYTES;
        };
    return JSON.objectNode().put(type, dice.pick(choices));
  }

  /// A value of a key attribute that is now and then not of its type or empty.
  ObjectNode roughKey(String attribute) {
    return switch (dice.below(60)) {
      case 0 -> any();
      case 1 -> of(dice.pick(SCALARS));
      default -> key(attribute);
    };
  }

  /// A key of a table, now and then none.
  ObjectNode key(RandomTable table) {
    ObjectNode key = JSON.objectNode();
    table.keys().forEach(attribute -> key.set(attribute, roughKey(attribute)));
    if (dice.oneIn(100)) {
      key.set(dice.pick(ATTRIBUTES), any());
    }
    if (dice.oneIn(100)) {
      key.remove(table.keys().getLast());
    }
    return key;
  }

  /// An item of a table.
  ObjectNode item(RandomTable table) {
    ObjectNode item = key(table);
    for (String attribute : table.keyAttributes()) {
      if (!table.keys().contains(attribute) && !dice.oneIn(3)) {
        item.set(attribute, roughKey(attribute));
      }
    }
    for (String attribute : ATTRIBUTES) {
      if (dice.oneIn(2)) {
        item.set(attribute, any());
      }
    }
    return item;
  }
}
