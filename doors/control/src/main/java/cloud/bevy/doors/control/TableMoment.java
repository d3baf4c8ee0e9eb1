package cloud.bevy.doors.control;

import cloud.bevy.services.buckets.PointInTime;
import cloud.bevy.services.tables.TableDescription;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The second as of which a table is wanted, that a request gives as `at`.
final class TableMoment {
  private TableMoment() {}

  /// The second; null where the request gives none.
  static @Nullable Instant optional(ControlRequest request, TableDescription table, Instant now)
      throws ControlRefusal {
    return request.parameter("at", "").isEmpty() ? null : read(request, table, now);
  }

  /// The second.
  ///
  /// @throws ControlRefusal if the table was not there then
  static Instant read(ControlRequest request, TableDescription table, Instant now)
      throws ControlRefusal {
    String text = request.parameter("at", "");
    Instant moment =
        switch (PointsInTime.read(text)) {
          case PointInTime.At(Instant at) -> at;
          case PointInTime.Ago(var duration) -> now.minus(duration);
          case PointInTime.Version _ ->
              throw new ControlRefusal(
                  400, "a table is restored to a second, not to " + text, "see bevy table history");
        };
    if (moment.isAfter(now)) {
      throw new ControlRefusal(400, text + " is still to come", "");
    }
    Instant second = moment.truncatedTo(ChronoUnit.SECONDS);
    if (second.isBefore(table.created().truncatedTo(ChronoUnit.SECONDS))) {
      throw new ControlRefusal(
          404,
          "table \"" + table.name() + "\" did not exist then",
          "it was made at " + table.created());
    }
    return second;
  }
}
