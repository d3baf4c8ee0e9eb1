package cloud.bevy.services.tables;

import java.time.Instant;

/// Something that was done to an item of a table.
///
/// @param sequence of the block of the table's bee that did it
/// @param second in which it was done
/// @param kind what was done
/// @param key of the item
public record TableChange(long sequence, Instant second, Kind kind, Key key) {
  /// What can be done to an item.
  public enum Kind {
    /// It was written, in place of what had its key.
    PUT,
    /// It was deleted.
    DELETE
  }
}
