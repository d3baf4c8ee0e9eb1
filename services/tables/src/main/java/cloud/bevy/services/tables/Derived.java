package cloud.bevy.services.tables;

import org.jspecify.annotations.Nullable;

/// What is derived from a table's items and kept beside them in their bee, changed in the batch
/// that changes them: at most one entry for an item.
sealed interface Derived permits SecondaryIndex, TimeToLive {
  /// Names the entries' part of the bee; no other part of it has this name.
  String id();

  /// The key of an item's entry; null where it has none.
  ///
  /// @param key of the item in the bee
  byte @Nullable [] entry(Item item, byte[] key);
}
