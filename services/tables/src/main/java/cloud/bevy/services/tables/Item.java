package cloud.bevy.services.tables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An item of a table: attributes by name, in the order they were written. Immutable.
public record Item(SequencedMap<String, AttributeValue> attributes) {
  /// The size at which DynamoDB refuses an item, in bytes as [ItemSize] counts them.
  public static final int MAXIMUM_SIZE = 400 * 1024;

  /// The most bytes that the name of an attribute, or of an entry of a map, may have.
  public static final int MAXIMUM_NAME = 65_535;

  /// Copies the attributes.
  public Item {
    attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
  }

  /// Refuses a name of an attribute that is too long.
  ///
  /// @throws InvalidRequest if it is longer than allowed
  public static void checkName(String name) {
    if (ItemSize.utf8(name) > MAXIMUM_NAME) {
      throw new InvalidRequest(
          "Attribute name is too large, must be less than %d bytes".formatted(MAXIMUM_NAME + 1));
    }
  }

  /// An item with the attributes of `attributes`, in the order of its iteration.
  public static Item of(Map<String, AttributeValue> attributes) {
    return new Item(new LinkedHashMap<>(attributes));
  }

  /// The item that has no attribute.
  public static Item empty() {
    return new Item(new LinkedHashMap<>());
  }

  /// The value of the attribute `name`; null if there is none.
  public @Nullable AttributeValue get(String name) {
    return attributes.get(name);
  }

  /// The item with those of its attributes that are named.
  Item only(Set<String> names) {
    SequencedMap<String, AttributeValue> some = new LinkedHashMap<>(attributes);
    some.keySet().retainAll(names);
    return new Item(some);
  }

  /// The same for equal items, whatever the order of their attributes.
  @Override
  public String toString() {
    return "Item" + new TreeMap<>(attributes);
  }

  /// The bytes of this item as DynamoDB counts them.
  public int size() {
    return ItemSize.of(this);
  }
}
