package cloud.bevy.services.tables;

import java.time.Instant;

/// What a restored table was made from.
///
/// @param incarnation of the table whose items it has
/// @param table the name of that table
/// @param version of that table's bee
/// @param moment as of which it was restored
/// @param backup the id of the backup; empty where it was made from the table itself
/// @param done whether all items are there
public record Restoration(
    String incarnation, String table, long version, Instant moment, String backup, boolean done) {
  Restoration finished() {
    return new Restoration(incarnation, table, version, moment, backup, true);
  }
}
