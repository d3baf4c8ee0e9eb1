package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a query or scan goes through: a table's items, or the entries of one of its indexes, all of
/// one version of the bee.
///
/// @param table the table's keys
/// @param index the index; null for the table itself
/// @param whole whether all of an item is wanted, though the index may not answer it
/// @param items where the items are
record ReadTarget(KeySchema table, @Nullable SecondaryIndex index, boolean whole, BeeView items) {
  /// The item that an entry is, or is for.
  StoredItem item(BeeEntry entry) {
    return index == null
        ? StoredItem.of(entry.value())
        : StoredItem.of(
            items.get(KeyCodec.itemKey(index.keys(), entry.key())).orElseThrow().value());
  }

  /// What is answered of an item.
  StoredItem answered(StoredItem item) {
    return index == null || whole ? item : index.of(table, item);
  }

  /// What an index has of an item; null where nothing has to be read beside it.
  @Nullable StoredItem beside(StoredItem item) {
    return index == null || !whole || index.whole() ? null : index.of(table, item);
  }

  /// What a filter sees of an item. A local index lies beside its items, so all of them is seen.
  StoredItem filtered(StoredItem item) {
    return index == null || !index.global() ? item : index.of(table, item);
  }

  /// The key after which to go on behind an item.
  SequencedMap<String, AttributeValue> start(Item item) {
    SequencedMap<String, AttributeValue> start =
        new LinkedHashMap<>(table.attributesOf(table.keyOf(item)));
    if (index != null) {
      start.putAll(index.keys().of(item));
    }
    return start;
  }

  /// The attributes of a starting key.
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    table.attributes().forEach(attribute -> names.add(attribute.name()));
    if (index != null) {
      index.keys().attributes().forEach(attribute -> names.add(attribute.name()));
    }
    return names;
  }

  /// The entry that a starting key names.
  ///
  /// @throws InvalidRequest if it is not exactly a key of the table and of the index
  byte[] entry(Map<String, AttributeValue> start) {
    if (index == null) {
      return KeyCodec.encode(table.keyFrom(start));
    }
    Map<String, AttributeValue> ofTable = new LinkedHashMap<>(start);
    ofTable.keySet().removeIf(name -> !table.contains(name));
    Map<String, AttributeValue> ofIndex = new LinkedHashMap<>(start);
    ofIndex.keySet().removeIf(name -> !index.keys().contains(name));
    boolean more =
        start.keySet().stream()
            .anyMatch(name -> !table.contains(name) && !index.keys().contains(name));
    if (more) {
      throw new InvalidRequest("The provided key element does not match the schema");
    }
    byte[] key = KeyCodec.encode(table.keyFrom(ofTable));
    index.keys().check(ofIndex);
    return KeyCodec.entry(index.keys(), Item.of(start), key);
  }

  /// Why a query cannot begin behind a key.
  String outside(KeyCondition condition, Map<String, AttributeValue> start) {
    KeySchema schema = index == null ? table : index.keys();
    KeyAttribute sort = schema.sort();
    KeyTest test = sort == null ? null : condition.tests().get(sort.name());
    AttributeValue partition = start.get(schema.partition().name());
    if (test == null || partition == null || schema.composite()) {
      return "The provided starting key is outside query boundaries based on provided conditions";
    }
    KeyRange range =
        index == null ? KeyRange.of(partition, test) : KeyRange.ofIndex(partition, test);
    return range.contains(entry(start))
        ? "The query can return at most one row and cannot be restarted"
        : "The provided starting key does not match the range key predicate";
  }
}
