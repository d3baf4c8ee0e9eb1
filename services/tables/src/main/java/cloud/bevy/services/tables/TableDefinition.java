package cloud.bevy.services.tables;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a table is to be.
///
/// @param name 3 to 255 letters, digits, `_`, `-` and `.`
/// @param keys which attributes are its key
/// @param capacity what was said of its throughput
/// @param deletionProtected whether it cannot be deleted
/// @param tags words its owner attached to it
public record TableDefinition(
    String name,
    KeySchema keys,
    Capacity capacity,
    boolean deletionProtected,
    Map<String, String> tags) {
  /// Copies the tags.
  public TableDefinition {
    SortedMap<String, String> sorted = new TreeMap<>(tags);
    tags = Collections.unmodifiableSortedMap(sorted);
  }

  /// A table on demand, without protection and tags.
  public static TableDefinition of(String name, KeySchema keys) {
    return new TableDefinition(name, keys, Capacity.ON_DEMAND, false, Map.of());
  }

  /// The same with another capacity.
  public TableDefinition with(Capacity next) {
    return new TableDefinition(name, keys, next, deletionProtected, tags);
  }

  /// The same, protected or not.
  public TableDefinition withDeletionProtected(boolean next) {
    return new TableDefinition(name, keys, capacity, next, tags);
  }

  /// The same with other tags.
  public TableDefinition withTags(Map<String, String> next) {
    return new TableDefinition(name, keys, capacity, deletionProtected, next);
  }
}
