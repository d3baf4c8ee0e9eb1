package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Recovery;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.TableStatistics;
import cloud.bevy.services.tables.TimeToLive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET tables/NAME?cloud=NAME`: what a table is. How much it holds is counted up to a bound:
/// `more` says that there is more.
public final class ShowTable implements ControlOperation {
  private final Clouds clouds;

  /// @param clouds whose tables
  public ShowTable(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.matches("tables/[^/]+");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      return fields(NamedTable.find(lease.cloud(), request));
    } catch (NoSuchTable deleted) {
      throw NamedTable.noSuchTable(deleted.table());
    }
  }

  private static Map<String, Object> fields(Table table) {
    TableDescription description = table.description();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("table", description.name());
    fields.put("created", description.created().toString());
    fields.put("restoring", description.restoring());
    fields.put("keys", keys(description.definition().keys()));
    fields.put(
        "indexes", description.definition().indexes().stream().map(ShowTable::index).toList());
    TimeToLive expiry = description.definition().timeToLive();
    if (expiry != null) {
      fields.put("expires", expiry.attribute());
    }
    Recovery recovery = description.recovery();
    if (recovery != null) {
      fields.put("recoverable", recovery.days());
    }
    if (!description.restoring()) {
      TableStatistics holds = table.statistics();
      fields.put("items", holds.items());
      fields.put("bytes", holds.bytes());
      fields.put("more", holds.items() == TableStatistics.MOST_COUNTED);
    }
    return fields;
  }

  private static Map<String, Object> index(SecondaryIndex index) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("index", index.name());
    fields.put("keys", keys(index.keys()));
    fields.put("building", index.building());
    return fields;
  }

  private static List<Map<String, Object>> keys(KeySchema keys) {
    return keys.attributes().stream().map(ShowTable::key).toList();
  }

  private static Map<String, Object> key(KeyAttribute attribute) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", attribute.name());
    fields.put("type", attribute.type().name());
    return fields;
  }
}
