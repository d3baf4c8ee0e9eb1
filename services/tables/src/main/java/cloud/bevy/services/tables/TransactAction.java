package cloud.bevy.services.tables;

import org.jspecify.annotations.Nullable;

/// One of the actions that a transaction carries out together, or not at all.
public sealed interface TransactAction {
  /// The table that it is about.
  Table table();

  /// The key of the item that it is about.
  ///
  /// @throws InvalidRequest if it is not a key of the table
  Key key();

  /// What must hold for the item; null if nothing must.
  @Nullable Condition condition();

  /// Writes an item in place of the one that has its key.
  record Put(Table table, Item item, @Nullable Condition condition) implements TransactAction {
    @Override
    public Key key() {
      return table.keys().keyOf(item);
    }
  }

  /// Changes an item, or makes one.
  record Change(Table table, Key key, Update update, @Nullable Condition condition)
      implements TransactAction {}

  /// Deletes an item.
  record Delete(Table table, Key key, @Nullable Condition condition) implements TransactAction {}

  /// Changes nothing.
  record Check(Table table, Key key, Condition condition) implements TransactAction {}

  /// What the item becomes; null for none.
  ///
  /// @throws InvalidRequest if it cannot
  default @Nullable StoredItem after(@Nullable StoredItem before) {
    return switch (this) {
      case Put(Table _, Item item, Condition _) -> Table.storable(item);
      case Change(Table table, Key key, Update update, Condition _) ->
          table.updated(key, update, before);
      case Delete _ -> null;
      case Check _ -> before;
    };
  }
}
