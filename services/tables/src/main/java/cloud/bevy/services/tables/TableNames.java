package cloud.bevy.services.tables;

import java.util.List;

/// A page of the names of a cloud's tables.
///
/// @param names in order
/// @param more whether there are tables after the last of these
public record TableNames(List<String> names, boolean more) {
  /// Copies the names.
  public TableNames {
    names = List.copyOf(names);
  }
}
