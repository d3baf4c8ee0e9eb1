package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.ItemIds;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.Table;

/// A table that has a search index.
record Index(Table table, Mapping mapping) {
  String name() {
    return table.description().name();
  }

  /// The key that an id stands for.
  Key key(String id) {
    return ItemIds.key(table.keys(), id)
        .orElseThrow(() -> {
          String more = table.keys().sort() == null ? "" : ": it is PARTITION/SORT";
          return Refused.illegal("[" + id + "] is no id of index [" + name() + "]" + more);
        });
  }
}
