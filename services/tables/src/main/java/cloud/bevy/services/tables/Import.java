package cloud.bevy.services.tables;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An import that makes a table, under way or ended.
///
/// @param id which no other has; in the order in which they were asked for
/// @param order what was asked for
/// @param incarnation of the table
/// @param created when the table was
/// @param end null while it is under way
/// @param counts what came of it; nothing while it is under way
public record Import(
    String id,
    ImportOrder order,
    String incarnation,
    Instant created,
    @Nullable TransferEnd end,
    ImportCounts counts) {
  Import ended(TransferEnd how, ImportCounts what) {
    return new Import(id, order, incarnation, created, how, what);
  }
}
