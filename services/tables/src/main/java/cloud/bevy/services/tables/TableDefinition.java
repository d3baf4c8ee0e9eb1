package cloud.bevy.services.tables;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a table is to be.
///
/// @param name 3 to 255 letters, digits, `_`, `-` and `.`
/// @param keys which attributes are its key
/// @param capacity what was said of its throughput
/// @param deletionProtected whether it cannot be deleted
/// @param tags words its owner attached to it
/// @param indexes in the order in which they were made
/// @param timeToLive when items expire; null if they do not
public record TableDefinition(
    String name,
    KeySchema keys,
    Capacity capacity,
    boolean deletionProtected,
    Map<String, String> tags,
    List<SecondaryIndex> indexes,
    @Nullable TimeToLive timeToLive) {
  /// Copies tags and indexes.
  public TableDefinition {
    SortedMap<String, String> sorted = new TreeMap<>(tags);
    tags = Collections.unmodifiableSortedMap(sorted);
    indexes = List.copyOf(indexes);
  }

  /// A table on demand, without all that need not be.
  public static TableDefinition of(String name, KeySchema keys) {
    return new TableDefinition(name, keys, Capacity.ON_DEMAND, false, Map.of(), List.of(), null);
  }

  /// The same with another capacity.
  public TableDefinition with(Capacity next) {
    return new TableDefinition(name, keys, next, deletionProtected, tags, indexes, timeToLive);
  }

  /// The same, protected or not.
  public TableDefinition withDeletionProtected(boolean next) {
    return new TableDefinition(name, keys, capacity, next, tags, indexes, timeToLive);
  }

  /// The same with other tags.
  public TableDefinition withTags(Map<String, String> next) {
    return new TableDefinition(name, keys, capacity, deletionProtected, next, indexes, timeToLive);
  }

  /// The same with other indexes.
  public TableDefinition withIndexes(List<SecondaryIndex> next) {
    return new TableDefinition(name, keys, capacity, deletionProtected, tags, next, timeToLive);
  }

  /// The same with another attribute that says when items expire.
  TableDefinition withTimeToLive(@Nullable TimeToLive next) {
    return new TableDefinition(name, keys, capacity, deletionProtected, tags, indexes, next);
  }

  /// What a table is to be that is restored from this one: keys, indexes and throughput, and
  /// nothing else.
  public TableDefinition restored(String target) {
    List<SecondaryIndex> empty = indexes.stream().map(index -> index.placed("", false)).toList();
    return of(target, keys).with(capacity).withIndexes(empty);
  }

  /// The index of that name.
  public Optional<SecondaryIndex> index(String index) {
    return indexes.stream().filter(each -> each.name().equals(index)).findFirst();
  }
}
