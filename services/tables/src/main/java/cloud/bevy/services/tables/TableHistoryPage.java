package cloud.bevy.services.tables;

import java.util.List;
import java.util.OptionalLong;

/// What was done to the items of a table, newest first. It may be short, or empty, though there is
/// more.
///
/// @param next what to go on before, if there is more
public record TableHistoryPage(List<TableChange> changes, OptionalLong next) {
  /// Copies the changes.
  public TableHistoryPage {
    changes = List.copyOf(changes);
  }
}
