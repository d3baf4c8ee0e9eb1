package cloud.bevy.services.tables;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which backups are asked for.
///
/// @param table the name of the table they are of; null for all
/// @param kinds who made them
/// @param from when they were made at the earliest; null if that is open
/// @param until when they were made at the latest, but one; null if that is open
/// @param after the id that they come after; empty for the first
public record BackupQuery(
    @Nullable String table,
    Set<Backup.Kind> kinds,
    @Nullable Instant from,
    @Nullable Instant until,
    String after) {
  /// All backups.
  public static final BackupQuery ALL =
      new BackupQuery(null, Set.of(Backup.Kind.values()), null, null, "");

  boolean wants(Backup backup) {
    return (table == null || table.equals(backup.table().name()))
        && kinds.contains(backup.kind())
        && (from == null || !backup.created().isBefore(from))
        && (until == null || backup.created().isBefore(until));
  }
}
