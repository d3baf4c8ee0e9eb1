package cloud.bevy.services.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A PartiQL statement after reading.
public sealed interface Statement {
  /// The name of the table that it is about.
  String table();

  /// Reads items.
  ///
  /// @param index null for the table itself
  /// @param paths what is wanted of the items; empty for all
  /// @param where which items; null for all
  /// @param order what they are to be in order of; empty for no matter
  /// @param exists whether it only asks if there is an item, as part of a transaction
  record Select(
      String table,
      @Nullable String index,
      List<DocumentPath> paths,
      @Nullable Condition where,
      List<Order> order,
      boolean exists)
      implements Statement {
    /// Copies the lists.
    public Select {
      paths = List.copyOf(paths);
      order = List.copyOf(order);
    }
  }

  /// What items are to be in order of.
  ///
  /// @param forward ascending
  record Order(DocumentPath path, boolean forward) {}

  /// Writes an item where there is none with its key.
  record Insert(String table, Item item) implements Statement {}

  /// Changes an item.
  ///
  /// @param returning what is wanted of it afterwards
  record Change(String table, Update update, Condition where, Returning returning)
      implements Statement {}

  /// Deletes an item.
  ///
  /// @param returning what is wanted of it afterwards
  record Delete(String table, Condition where, Returning returning) implements Statement {}

  /// What a statement that writes shows.
  enum Returning {
    /// Nothing.
    NONE,
    /// The item as it was.
    ALL_OLD,
    /// The item as it is.
    ALL_NEW,
    /// What was changed, as it was.
    MODIFIED_OLD,
    /// What was changed, as it is.
    MODIFIED_NEW
  }

  /// Whether it changes nothing.
  default boolean reads() {
    return this instanceof Select;
  }
}
