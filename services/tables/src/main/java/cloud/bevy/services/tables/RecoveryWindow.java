package cloud.bevy.services.tables;

import java.time.Instant;

/// The seconds to which a table can be restored.
///
/// @param earliest the first of them
/// @param latest the last of them: all that is written in a second later than it may be missing
/// @param days how far back it goes when the table is old enough
public record RecoveryWindow(Instant earliest, Instant latest, int days) {
  /// Whether a table can be restored to a moment.
  public boolean contains(Instant moment) {
    return !moment.isBefore(earliest) && !moment.isAfter(latest);
  }
}
