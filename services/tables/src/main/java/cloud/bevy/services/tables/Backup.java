package cloud.bevy.services.tables;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A table as it was at a moment. It is there until it is deleted, whatever becomes of the table.
///
/// @param id names it within the cloud; ids are in the order in which backups were made
/// @param name what its owner calls it; several may have one name
/// @param kind who made it
/// @param created when it was made, to the millisecond
/// @param expires when it goes by itself; null if never
/// @param table what the table was
/// @param version of the table's bee; [#LAST] for the last that the table had
/// @param holds how much the table held
public record Backup(
    String id,
    String name,
    Kind kind,
    Instant created,
    @Nullable Instant expires,
    TableDescription table,
    long version,
    TableStatistics holds) {
  /// The version of a table that was deleted, which has no later one.
  static final long LAST = 0;

  /// Who makes backups.
  public enum Kind {
    /// Somebody who asked for it.
    USER,
    /// The deletion of a table that could have been restored.
    SYSTEM
  }
}
