package cloud.bevy.services.search;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Binary;
import cloud.bevy.services.tables.Decimal;
import cloud.bevy.services.tables.Item;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Items as plain JSON, without the types of DynamoDB: what a search answers, and how documents are
/// written. Sets become arrays, bytes base64.
public final class PlainItems {
  private PlainItems() {}

  /// The item as a tree of maps, lists, strings, numbers and booleans.
  public static Map<String, @Nullable Object> tree(Item item) {
    return tree(item.attributes());
  }

  private static Map<String, @Nullable Object> tree(Map<String, AttributeValue> attributes) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    attributes.forEach((name, value) -> tree.put(name, tree(value)));
    return tree;
  }

  private static @Nullable Object tree(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> text;
      case AttributeValue.N(Decimal number) -> number(number);
      case AttributeValue.B(Binary bytes) -> bytes.toString();
      case AttributeValue.Bool(boolean bool) -> bool;
      case AttributeValue.Null() -> null;
      case AttributeValue.SS(var texts) -> new ArrayList<@Nullable Object>(texts);
      case AttributeValue.NS(var numbers) ->
          new ArrayList<@Nullable Object>(numbers.stream().map(PlainItems::number).toList());
      case AttributeValue.BS(var binaries) ->
          new ArrayList<@Nullable Object>(binaries.stream().map(Binary::toString).toList());
      case AttributeValue.L(var elements) -> {
        List<@Nullable Object> list = new ArrayList<>();
        elements.forEach(element -> list.add(tree(element)));
        yield list;
      }
      case AttributeValue.M(var values) -> tree(values);
    };
  }

  private static Object number(Decimal number) {
    BigDecimal value = number.value();
    return value.scale() <= 0 && value.precision() - value.scale() <= 18
        ? (Object) value.longValueExact()
        : (Object) value;
  }

  /// The item that a tree is.
  ///
  /// @throws cloud.bevy.services.tables.InvalidRequest if a number is out of range
  public static Item item(Map<String, @Nullable Object> tree) {
    return new Item(attributes(tree));
  }

  private static SequencedMap<String, AttributeValue> attributes(Map<?, ?> tree) {
    SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>();
    tree.forEach((name, value) -> attributes.put(String.valueOf(name), value(value)));
    return attributes;
  }

  /// The value that a tree is.
  public static AttributeValue value(@Nullable Object tree) {
    return switch (tree) {
      case null -> new AttributeValue.Null();
      case String text -> new AttributeValue.S(text);
      case Boolean bool -> new AttributeValue.Bool(bool);
      case BigDecimal number -> new AttributeValue.N(Decimal.of(number));
      case Number number -> new AttributeValue.N(Decimal.of(new BigDecimal(number.toString())));
      case Map<?, ?> map -> new AttributeValue.M(attributes(map));
      case List<?> list -> new AttributeValue.L(list.stream().map(PlainItems::value).toList());
      default -> throw new IllegalArgumentException("no JSON: " + tree.getClass());
    };
  }
}
