package cloud.bevy.services.tables;

/// One of the writes that are made together, without conditions.
public sealed interface TableWrite {
  /// Writes an item in place of the one that has its key.
  record Put(Item item) implements TableWrite {}

  /// Deletes the item that has this key.
  record Delete(Key key) implements TableWrite {}
}
