package cloud.bevy.services.tables;

import java.util.List;

/// Some of the items that a table had, in the order of their keys.
///
/// @param version of the table's bee that had them
/// @param last the key of the last of them, in hexadecimal digits
/// @param more whether there are others behind it
public record PastItems(List<StoredItem> items, long version, String last, boolean more) {
  /// Copies the list.
  public PastItems {
    items = List.copyOf(items);
  }
}
