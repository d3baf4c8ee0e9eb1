package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.PointInTime;
import cloud.bevy.services.tables.RestoreOutcome;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.Tables;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// `POST tables/NAME/restore?cloud=NAME&at=…&to=…`: begins to make a table that has what another
/// had at the beginning of a second. It is there when it is no longer `restoring`. Every table can
/// be restored so, as far back as it was there.
public final class RestoreTable implements ControlOperation {
  private static final String NAMES = "[a-zA-Z0-9_.-]{3,255}";

  private final Clouds clouds;

  /// @param clouds whose tables
  public RestoreTable(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.matches("tables/[^/]+/restore");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Table table = NamedTable.find(lease.cloud(), request);
      TableDescription source = table.description();
      String to = request.parameter("to", "");
      if (!to.matches(NAMES)) {
        throw new ControlRefusal(
            400,
            "\"" + to + "\" is no name of a table",
            "say with --to what the new table is called: 3 to 255 letters, digits, _, - and .");
      }
      Instant moment = moment(request, source, lease.cloud().world().time().now());
      RestoreOutcome outcome =
          Tables.of(lease.cloud())
              .backups()
              .restore(source, moment, source.definition().restored(to));
      return switch (outcome) {
        case RestoreOutcome.Begun _ -> fields(to, moment);
        case RestoreOutcome.NameTaken taken ->
            throw new ControlRefusal(
                409,
                "there is a table \"" + taken.name() + "\"",
                "take another name, or delete it");
        case RestoreOutcome.TooMany(int most) ->
            throw new ControlRefusal(
                409, most + " tables are being restored", "try again when one of them is there");
        case RestoreOutcome.SourceGone _ -> throw NamedTable.noSuchTable(source.name());
      };
    }
  }

  private static Map<String, Object> fields(String to, Instant moment) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("table", to);
    fields.put("moment", moment.toString());
    return fields;
  }

  private static Instant moment(ControlRequest request, TableDescription source, Instant now)
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
    if (second.isBefore(source.created().truncatedTo(ChronoUnit.SECONDS))) {
      throw new ControlRefusal(
          404,
          "table \"" + source.name() + "\" did not exist then",
          "it was made at " + source.created());
    }
    return second;
  }
}
