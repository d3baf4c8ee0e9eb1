package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.tables.RestoreOutcome;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.Tables;
import java.time.Instant;
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
      Instant moment = TableMoment.read(request, source, lease.cloud().world().time().now());
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
}
