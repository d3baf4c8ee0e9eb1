package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.tables.Exports;
import cloud.bevy.services.tables.PastItems;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.Tables;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// `GET tables/NAME/items?cloud=NAME&at=…`: some items of a table as it was at the beginning of a
/// second, or is, as DynamoDB JSON. `version` and `last` of the answer, given as `version` and
/// `after`, lead to the next of them in the same version of the table.
public final class ReadTable implements ControlOperation {
  private final Clouds clouds;

  /// @param clouds whose tables
  public ReadTable(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.matches("tables/[^/]+/items");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      TableDescription table = NamedTable.find(lease.cloud(), request).description();
      Exports exports = Tables.of(lease.cloud()).exports();
      long version = request.number("version", 0);
      if (version == 0) {
        version =
            exports.version(
                table, TableMoment.optional(request, table, lease.cloud().world().time().now()));
      }
      PastItems read = exports.read(table, version, request.parameter("after", ""));
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(
          "items",
          read.items().stream()
              .map(item -> new String(item.json(), StandardCharsets.UTF_8))
              .toList());
      fields.put("version", read.version());
      fields.put("last", read.last());
      fields.put("more", read.more());
      return fields;
    } catch (IllegalArgumentException malformed) {
      throw new ControlRefusal(400, "there is no such version of the table", "");
    }
  }
}
