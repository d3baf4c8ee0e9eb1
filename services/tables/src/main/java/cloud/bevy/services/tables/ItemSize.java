package cloud.bevy.services.tables;

import java.util.Collection;
import java.util.Map;

/// How many bytes an item has, as DynamoDB counts them for its limits and its capacity units: UTF-8
/// bytes of names and strings, about half a byte a digit, three bytes and one an element for lists
/// and maps (Developer Guide, "DynamoDB item sizes and formats").
public final class ItemSize {
  private static final int CONTAINER_OVERHEAD = 3;
  private static final int ELEMENT_OVERHEAD = 1;

  private ItemSize() {}

  /// The size of a whole item, names included.
  public static int of(Item item) {
    return attributes(item.attributes());
  }

  /// The size of one value.
  public static int of(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> utf8(text);
      case AttributeValue.N(Decimal number) -> of(number);
      case AttributeValue.B(Binary bytes) -> bytes.length();
      case AttributeValue.Bool _, AttributeValue.Null _ -> 1;
      case AttributeValue.SS(Collection<String> texts) ->
          texts.stream().mapToInt(ItemSize::utf8).sum();
      case AttributeValue.NS(Collection<Decimal> numbers) ->
          numbers.stream().mapToInt(ItemSize::of).sum();
      case AttributeValue.BS(Collection<Binary> binaries) ->
          binaries.stream().mapToInt(Binary::length).sum();
      case AttributeValue.L(Collection<AttributeValue> elements) ->
          CONTAINER_OVERHEAD
              + elements.stream().mapToInt(element -> ELEMENT_OVERHEAD + of(element)).sum();
      case AttributeValue.M(Map<String, AttributeValue> entries) ->
          CONTAINER_OVERHEAD + ELEMENT_OVERHEAD * entries.size() + attributes(entries);
    };
  }

  /// The bytes of `text` in UTF-8.
  static int utf8(String text) {
    int bytes = text.length();
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character >= 0x800) {
        // Each half of a surrogate pair stands for two of the pair's four bytes.
        bytes += Character.isSurrogate(character) ? 1 : 2;
      } else if (character >= 0x80) {
        bytes++;
      }
    }
    return bytes;
  }

  private static int attributes(Map<String, AttributeValue> attributes) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      size += utf8(attribute.getKey()) + of(attribute.getValue());
    }
    return size;
  }

  private static int of(Decimal number) {
    if (number.value().signum() == 0) {
      return 1;
    }
    int digits = number.value().precision();
    int size = 1 + (digits + 1) / 2 + (number.value().signum() < 0 ? 1 : 0);
    boolean straddles = digits % 2 == 0 && number.exponent() % 2 == 0;
    return straddles ? size + 1 : size;
  }
}
