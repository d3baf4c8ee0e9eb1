package cloud.bevy.services.tables;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Which attributes are the key of a table: a partition key and perhaps a sort key.
public record KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort) {
  /// The most bytes a partition key's value may have.
  public static final int MAXIMUM_PARTITION_KEY = 2048;

  /// The most bytes a sort key's value may have.
  public static final int MAXIMUM_SORT_KEY = 1024;

  /// The key attributes: one or two.
  public List<KeyAttribute> attributes() {
    return sort == null ? List.of(partition) : List.of(partition, sort);
  }

  /// Whether the attribute `name` is part of the key.
  public boolean contains(String name) {
    return partition.name().equals(name) || (sort != null && sort.name().equals(name));
  }

  /// The key of an item that is to be written.
  ///
  /// @throws InvalidRequest if a key attribute is missing, of another type, empty or too long
  public Key keyOf(Item item) {
    AttributeValue partitionValue = written(item, partition);
    return new Key(partitionValue, sort == null ? null : written(item, sort));
  }

  /// The key that is exactly these attributes.
  ///
  /// @throws InvalidRequest if an attribute is missing, too many, of another type, empty or too
  ///   long
  public Key keyFrom(Map<String, AttributeValue> attributes) {
    if (attributes.size() != attributes().size()) {
      throw mismatch();
    }
    AttributeValue partitionValue = named(attributes, partition);
    return new Key(partitionValue, sort == null ? null : named(attributes, sort));
  }

  /// The attributes that make up `key`.
  public SequencedMap<String, AttributeValue> attributesOf(Key key) {
    SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put(partition.name(), key.partition());
    if (sort != null && key.sort() != null) {
      attributes.put(sort.name(), key.sort());
    }
    return attributes;
  }

  private AttributeValue written(Item item, KeyAttribute attribute) {
    AttributeValue value = item.get(attribute.name());
    if (value == null) {
      throw InvalidRequest.parameter("Missing the key " + attribute.name() + " in the item");
    }
    if (!attribute.type().accepts(value)) {
      throw InvalidRequest.parameter(
          "Type mismatch for key %s expected: %s actual: %s"
              .formatted(attribute.name(), attribute.type(), value.type()));
    }
    checkLength(attribute, value);
    return value;
  }

  private AttributeValue named(Map<String, AttributeValue> attributes, KeyAttribute attribute) {
    AttributeValue value = attributes.get(attribute.name());
    if (value == null || !attribute.type().accepts(value)) {
      throw mismatch();
    }
    checkLength(attribute, value);
    return value;
  }

  private void checkLength(KeyAttribute attribute, AttributeValue value) {
    if (value instanceof AttributeValue.N) {
      return;
    }
    checkNotEmpty(attribute, value);
    int length = ItemSize.of(value);
    if (attribute.equals(partition) && length > MAXIMUM_PARTITION_KEY) {
      throw InvalidRequest.parameter(
          "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
    if (!attribute.equals(partition) && length > MAXIMUM_SORT_KEY) {
      throw InvalidRequest.parameter(
          "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
  }

  /// Whether a value cannot be that of a key attribute: its type, emptiness or length.
  boolean unfit(KeyAttribute attribute, AttributeValue value) {
    if (!attribute.type().accepts(value)) {
      return true;
    }
    int length = ItemSize.of(value);
    int most = attribute.equals(partition) ? MAXIMUM_PARTITION_KEY : MAXIMUM_SORT_KEY;
    return !(value instanceof AttributeValue.N) && (length == 0 || length > most);
  }

  /// @throws InvalidRequest if the value of a key attribute is the empty string or no bytes
  static void checkNotEmpty(KeyAttribute attribute, AttributeValue value) {
    if (ItemSize.of(value) == 0) {
      String kind = value instanceof AttributeValue.S ? "string" : "binary";
      throw new InvalidRequest(
          "One or more parameter values are not valid. The AttributeValue for a key attribute"
              + " cannot contain an empty %s value. Key: %s".formatted(kind, attribute.name()));
    }
  }

  private static InvalidRequest mismatch() {
    return new InvalidRequest("The provided key element does not match the schema");
  }
}
