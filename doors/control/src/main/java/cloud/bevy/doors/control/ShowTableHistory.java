package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableChange;
import cloud.bevy.services.tables.TableHistoryPage;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// `GET tables/NAME/history?cloud=NAME&since=…&before=…&limit=…`: what was done to a table's items,
/// newest first. A page may be short, or empty, while there is more: `next` is the `before` of the
/// next one.
public final class ShowTableHistory implements ControlOperation {
  private static final int MOST = 1000;

  private final Clouds clouds;

  /// @param clouds whose tables
  public ShowTableHistory(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.matches("tables/[^/]+/history");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Table table = NamedTable.find(lease.cloud(), request);
      Instant since = PointsInTime.since(request, lease.cloud().world().time().now());
      long before = request.number("before", Long.MAX_VALUE);
      int limit = (int) Math.min(MOST, request.number("limit", MOST));
      TableHistoryPage page = table.history(since, before, limit);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("changes", page.changes().stream().map(change -> fields(table, change)).toList());
      page.next().ifPresent(next -> fields.put("next", next));
      return fields;
    } catch (NoSuchTable deleted) {
      throw NamedTable.noSuchTable(deleted.table());
    }
  }

  private static Map<String, Object> fields(Table table, TableChange change) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", change.second().toString());
    fields.put("version", change.sequence() + 1);
    fields.put("kind", change.kind().name().toLowerCase(Locale.ROOT));
    fields.put("key", key(table, change.key()));
    return fields;
  }

  private static Map<String, Object> key(Table table, Key key) {
    Map<String, Object> fields = new LinkedHashMap<>();
    table.keys().attributesOf(key).forEach((name, value) -> fields.put(name, plain(value)));
    return fields;
  }

  private static Object plain(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> text;
      case AttributeValue.N number -> number.value().value();
      case AttributeValue.B bytes -> Base64.getEncoder().encodeToString(bytes.value().bytes());
      default -> throw new IllegalStateException("a key attribute of type " + value.type());
    };
  }
}
