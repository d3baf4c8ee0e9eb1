package cloud.bevy.services.tables;

import java.util.List;

/// Some backups, in the order in which they were made.
///
/// @param more whether there are others after them
public record BackupPage(List<Backup> backups, boolean more) {
  /// Copies the backups.
  public BackupPage {
    backups = List.copyOf(backups);
  }
}
