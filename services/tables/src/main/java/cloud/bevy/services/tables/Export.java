package cloud.bevy.services.tables;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An export of a table, under way or ended.
///
/// @param id which no other has; in the order in which they were asked for
/// @param order what was asked for
/// @param table what the table was then
/// @param from the version of the table's bee with which what is exported is compared; 0 where
///   everything is exported
/// @param version of the table's bee that is exported
/// @param moment of that version
/// @param started when it was asked for
/// @param end null while it is under way
/// @param items how many were exported, when it has ended
/// @param bytes what they have
public record Export(
    String id,
    ExportOrder order,
    TableDescription table,
    long from,
    long version,
    Instant moment,
    Instant started,
    @Nullable TransferEnd end,
    long items,
    long bytes) {
  Export ended(TransferEnd how, long count, long size) {
    return new Export(id, order, table, from, version, moment, started, how, count, size);
  }

  /// Whether it shows what has changed, and not all items.
  public boolean incremental() {
    return order.window() != null;
  }
}
