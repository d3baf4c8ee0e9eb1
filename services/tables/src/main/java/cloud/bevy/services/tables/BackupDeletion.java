package cloud.bevy.services.tables;

/// What became of a backup that was to be deleted.
public sealed interface BackupDeletion {
  /// It is gone, durably.
  record Deleted(Backup backup) implements BackupDeletion {}

  /// There is none of that id.
  record Missing(String id) implements BackupDeletion {}

  /// A table is being restored from it.
  record InUse(Backup backup) implements BackupDeletion {}
}
