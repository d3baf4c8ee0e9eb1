package cloud.bevy.services.tables;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Another order in which a table can be queried and scanned. It holds the items that have all
/// attributes of its key.
///
/// @param name unique within the table
/// @param global whether it has a partition key of its own
/// @param keys which attributes are its key
/// @param projection which attributes it answers
/// @param capacity what was said of its throughput
/// @param id names its entries within the table's bee
/// @param building whether the items that were there before it are still to be entered
public record SecondaryIndex(
    String name,
    boolean global,
    KeySchema keys,
    IndexProjection projection,
    Capacity capacity,
    String id,
    boolean building)
    implements Derived {
  /// An index that is to be: it has no entries' name yet.
  public SecondaryIndex(
      String name, boolean global, KeySchema keys, IndexProjection projection, Capacity capacity) {
    this(name, global, keys, projection, capacity, "", false);
  }

  SecondaryIndex placed(String newId, boolean isBuilding) {
    return new SecondaryIndex(name, global, keys, projection, capacity, newId, isBuilding);
  }

  /// The same with another capacity.
  public SecondaryIndex with(Capacity next) {
    return new SecondaryIndex(name, global, keys, projection, next, id, building);
  }

  /// Whether it answers all of an item.
  public boolean whole() {
    return projection.kind() == IndexProjection.Kind.ALL;
  }

  @Override
  public byte @Nullable [] entry(Item item, byte[] key) {
    for (KeyAttribute attribute : keys.attributes()) {
      AttributeValue value = item.get(attribute.name());
      if (value == null || keys.unfit(attribute, value)) {
        return null;
      }
    }
    return keys.tooLong(item) ? null : KeyCodec.entry(keys, item, key);
  }

  /// Refuses an item whose value for a key attribute cannot be one.
  ///
  /// @throws InvalidRequest if it is of another type, empty or too long
  void check(Item item) {
    for (KeyAttribute attribute : keys.attributes()) {
      AttributeValue value = item.get(attribute.name());
      if (value != null) {
        check(attribute, value);
      }
    }
    if (keys.tooLong(item)) {
      throw InvalidRequest.parameter(
          "Aggregated size of all attributes of a key of index %s has exceeded the size limit of %d"
              .concat(" bytes for HASH and %d bytes for RANGE keys")
              .formatted(name, KeySchema.MAXIMUM_PARTITION_KEY, KeySchema.MAXIMUM_SORT_KEY));
    }
  }

  private void check(KeyAttribute attribute, AttributeValue value) {
    if (!attribute.type().accepts(value)) {
      throw mismatch(attribute, value.type());
    }
    if (ItemSize.of(value) == 0 && !(value instanceof AttributeValue.N)) {
      throw new InvalidRequest(
          "One or more parameter values are not valid. A value specified for a secondary index key"
              .concat(" is not supported. The AttributeValue for a key attribute cannot contain an")
              .concat(" empty %s value. IndexName: %s, IndexKey: %s")
              .formatted(
                  value instanceof AttributeValue.S ? "string" : "binary", name, attribute.name()));
    }
    if (keys.unfit(attribute, value)) {
      throw InvalidRequest.parameter(
          keys.partitions().contains(attribute)
              ? "Size of hashkey has exceeded the maximum size limit of2048 bytes"
              : "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
  }

  /// What is said of a value that is not of the type of a key attribute.
  InvalidRequest mismatch(KeyAttribute attribute, String actual) {
    return InvalidRequest.parameter(
        "Type mismatch for Index Key %s Expected: %s Actual: %s IndexName: %s"
            .formatted(attribute.name(), attribute.type(), actual, name));
  }

  /// What it answers of an item.
  StoredItem of(KeySchema table, StoredItem item) {
    if (whole()) {
      return item;
    }
    Set<String> names = projection.names(table, keys);
    return StoredItem.of(item.item().only(names));
  }

  /// What it answers of an item; null if the item is not in it.
  public @Nullable Item shown(KeySchema table, @Nullable Item item) {
    boolean held =
        item != null
            && keys.attributes().stream()
                .noneMatch(attribute -> item.get(attribute.name()) == null);
    if (item == null || !held) {
      return null;
    }
    return whole() ? item : item.only(projection.names(table, keys));
  }

  /// The attributes that a projection wants and this index does not answer, in order.
  public Set<String> missing(KeySchema table, Projection wanted) {
    if (whole()) {
      return Set.of();
    }
    Set<String> missing = new TreeSet<>();
    wanted.paths().forEach(path -> missing.add(path.attribute()));
    missing.removeAll(projection.names(table, keys));
    return missing;
  }
}
