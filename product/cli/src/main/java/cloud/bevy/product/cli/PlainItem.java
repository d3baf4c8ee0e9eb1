package cloud.bevy.product.cli;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Items as people write them, `{"id":"1","n":5}`, and as DynamoDB does, `{"id":{"S":"1"},…}`. What
/// is plain says no longer which arrays were sets and which texts were bytes in base64.
final class PlainItem {
  private PlainItem() {}

  /// An item as DynamoDB writes it.
  static Map<String, Object> typed(Map<?, ?> plain) {
    Map<String, Object> typed = new LinkedHashMap<>();
    plain.forEach((name, value) -> typed.put(String.valueOf(name), typedValue(value)));
    return typed;
  }

  private static Map<String, Object> typedValue(@Nullable Object plain) {
    return switch (plain) {
      case null -> Map.of("NULL", true);
      case String text -> Map.of("S", text);
      case Number number -> Map.of("N", number.toString());
      case Boolean flag -> Map.of("BOOL", flag);
      case Map<?, ?> members -> Map.of("M", typed(members));
      case List<?> elements -> Map.of("L", elements.stream().map(PlainItem::typedValue).toList());
      default -> throw new IllegalArgumentException("no JSON has " + plain.getClass());
    };
  }

  /// The value of a key attribute.
  ///
  /// @param type `S`, `N` or `B`
  static Map<String, Object> key(String type, String text) {
    return Map.of(type, text);
  }

  /// An item as DynamoDB has written it.
  static Map<String, Object> asItIs(Map<?, ?> typed) {
    Map<String, Object> copy = new LinkedHashMap<>();
    typed.forEach((name, value) -> copy.put(String.valueOf(name), value));
    return copy;
  }

  /// An item as people write it.
  static Map<String, Object> plain(Map<?, ?> typed) {
    Map<String, Object> plain = new LinkedHashMap<>();
    typed.forEach((name, value) -> plain.put(String.valueOf(name), plainValue(value)));
    return plain;
  }

  private static @Nullable Object plainValue(@Nullable Object typed) {
    if (!(typed instanceof Map<?, ?> one) || one.size() != 1) {
      throw new IllegalArgumentException("no value of an attribute: " + typed);
    }
    Map.Entry<?, ?> entry = one.entrySet().iterator().next();
    Object value = entry.getValue();
    return switch (String.valueOf(entry.getKey())) {
      case "N" -> number(value);
      case "NULL" -> null;
      case "NS" ->
          value instanceof List<?> all ? all.stream().map(PlainItem::number).toList() : value;
      case "L" ->
          value instanceof List<?> all ? all.stream().map(PlainItem::plainValue).toList() : value;
      case "M" -> value instanceof Map<?, ?> members ? plain(members) : value;
      default -> value;
    };
  }

  private static Object number(@Nullable Object text) {
    return new BigDecimal(String.valueOf(text));
  }
}
