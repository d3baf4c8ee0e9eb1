package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.HistoryEntry;
import cloud.bevy.services.buckets.HistoryPage;
import cloud.bevy.services.buckets.HistoryQuery;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// `GET buckets/NAME/history?cloud=NAME&prefix=…&since=…&before=…&limit=…`: what was done to a
/// bucket's objects, newest first. A page may be short, or empty, while there is more: `next` is
/// the `before` of the next one.
public final class ShowHistory implements ControlOperation {
  private static final int MOST = 1000;

  private final Clouds clouds;

  /// @param clouds whose buckets
  public ShowHistory(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.matches("buckets/[^/]+/history");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      HistoryQuery query =
          new HistoryQuery(
              request.parameter("prefix", ""),
              PointsInTime.since(request, lease.cloud().world().time().now()),
              request.number("before", Long.MAX_VALUE),
              (int) Math.min(MOST, request.number("limit", MOST)));
      HistoryPage page = NamedBucket.find(lease.cloud(), request).past().history(query);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("changes", page.entries().stream().map(ShowHistory::fields).toList());
      page.next().ifPresent(next -> fields.put("next", next));
      return fields;
    }
  }

  private static Map<String, Object> fields(HistoryEntry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", entry.time().toString());
    fields.put("version", entry.after());
    fields.put("before", entry.before());
    fields.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
    fields.put("key", entry.key().text());
    fields.put("size", entry.size());
    return fields;
  }
}
