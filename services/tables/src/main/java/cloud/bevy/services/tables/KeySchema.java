package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Which attributes are the key of a table: a partition key and perhaps a sort key. In a global
/// index each of the two may consist of several attributes.
///
/// @param partitions the attributes of the partition key, at least one
/// @param sorts the attributes of the sort key, in the order in which they sort
public record KeySchema(List<KeyAttribute> partitions, List<KeyAttribute> sorts) {
  /// The most attributes that a partition key, or a sort key, of an index consists of.
  public static final int MOST_ATTRIBUTES = 4;

  /// The most bytes a partition key's value may have.
  public static final int MAXIMUM_PARTITION_KEY = 2048;

  /// The most bytes a sort key's value may have.
  public static final int MAXIMUM_SORT_KEY = 1024;

  /// Copies the attributes.
  public KeySchema {
    partitions = List.copyOf(partitions);
    sorts = List.copyOf(sorts);
    if (partitions.isEmpty()) {
      throw new IllegalArgumentException("a key without a partition key");
    }
  }

  /// The key of a table.
  public KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort) {
    this(List.of(partition), sort == null ? List.of() : List.of(sort));
  }

  /// The partition key, or the first attribute of it.
  public KeyAttribute partition() {
    return partitions.getFirst();
  }

  /// The sort key, or the first attribute of it; null if there is none.
  public @Nullable KeyAttribute sort() {
    return sorts.isEmpty() ? null : sorts.getFirst();
  }

  /// Whether one of the two keys consists of several attributes.
  public boolean composite() {
    return partitions.size() > 1 || sorts.size() > 1;
  }

  /// The key attributes: one or two, or up to eight of an index.
  public List<KeyAttribute> attributes() {
    List<KeyAttribute> all = new ArrayList<>(partitions);
    all.addAll(sorts);
    return all;
  }

  /// Whether the attribute `name` is part of the key.
  public boolean contains(String name) {
    return partitions.stream().anyMatch(attribute -> attribute.name().equals(name))
        || sorts.stream().anyMatch(attribute -> attribute.name().equals(name));
  }

  /// The key of an item that is to be written.
  ///
  /// @throws InvalidRequest if a key attribute is missing, of another type, empty or too long
  public Key keyOf(Item item) {
    AttributeValue partitionValue = written(item, partition());
    KeyAttribute sort = sort();
    return new Key(partitionValue, sort == null ? null : written(item, sort));
  }

  /// The key that is exactly these attributes.
  ///
  /// @throws InvalidRequest if an attribute is missing, too many, of another type, empty or too
  ///   long
  public Key keyFrom(Map<String, AttributeValue> attributes) {
    if (attributes.size() != partitions.size() + sorts.size()) {
      throw mismatch();
    }
    AttributeValue partitionValue = named(attributes, partition());
    KeyAttribute sort = sort();
    return new Key(partitionValue, sort == null ? null : named(attributes, sort));
  }

  /// Refuses what is not exactly the attributes of the key.
  ///
  /// @throws InvalidRequest if an attribute is missing, too many, of another type, empty or too
  ///   long
  void check(Map<String, AttributeValue> attributes) {
    keyFrom(attributes);
    attributes().forEach(attribute -> named(attributes, attribute));
  }

  /// The attributes of an item that are of the key.
  SequencedMap<String, AttributeValue> of(Item item) {
    SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (KeyAttribute attribute : attributes()) {
      AttributeValue value = item.get(attribute.name());
      if (value != null) {
        attributes.put(attribute.name(), value);
      }
    }
    return attributes;
  }

  /// The attributes that make up `key`.
  public SequencedMap<String, AttributeValue> attributesOf(Key key) {
    SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put(partition().name(), key.partition());
    KeyAttribute sort = sort();
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
    if (partitions.contains(attribute) && length > MAXIMUM_PARTITION_KEY) {
      throw InvalidRequest.parameter(
          "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
    if (!partitions.contains(attribute) && length > MAXIMUM_SORT_KEY) {
      throw InvalidRequest.parameter(
          "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
  }

  /// Whether the attributes of the partition key, or those of the sort key, have more bytes
  /// together than one of them may have.
  boolean tooLong(Item item) {
    return composite()
        && (length(partitions, item) > MAXIMUM_PARTITION_KEY
            || length(sorts, item) > MAXIMUM_SORT_KEY);
  }

  private static int length(List<KeyAttribute> attributes, Item item) {
    int length = 0;
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = item.get(attribute.name());
      length += value == null ? 0 : ItemSize.of(value);
    }
    return length;
  }

  /// Whether a value cannot be that of a key attribute: its type, emptiness or length.
  boolean unfit(KeyAttribute attribute, AttributeValue value) {
    if (!attribute.type().accepts(value)) {
      return true;
    }
    int length = ItemSize.of(value);
    int most = partitions.contains(attribute) ? MAXIMUM_PARTITION_KEY : MAXIMUM_SORT_KEY;
    return !(value instanceof AttributeValue.N) && (length == 0 || length > most);
  }

  /// @throws InvalidRequest if the value of a key attribute is the empty string or no bytes
  static void checkNotEmpty(KeyAttribute attribute, AttributeValue value) {
    if (ItemSize.of(value) == 0) {
      String kind = value instanceof AttributeValue.S ? "string" : "binary";
      throw InvalidRequest.alone(
          "One or more parameter values are not valid. The AttributeValue for a key attribute"
              + " cannot contain an empty %s value. Key: %s".formatted(kind, attribute.name()));
    }
  }

  private static InvalidRequest mismatch() {
    return new InvalidRequest("The provided key element does not match the schema");
  }
}
