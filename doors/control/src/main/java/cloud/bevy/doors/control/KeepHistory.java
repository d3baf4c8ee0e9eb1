package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.HistorySpan;
import java.util.LinkedHashMap;
import java.util.Map;

/// `POST buckets/NAME/retention?cloud=NAME&time=…`: how long a bucket keeps what was overwritten or
/// deleted; sets it first where a time is given: `30d`, or `none`.
public final class KeepHistory implements ControlOperation {
  private final Clouds clouds;

  /// @param clouds whose buckets
  public KeepHistory(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.matches("buckets/[^/]+/retention");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    String time = request.parameter("time", "");
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Bucket bucket = NamedBucket.find(lease.cloud(), request);
      if (!time.isEmpty() && !bucket.past().setSpan(span(time))) {
        throw NamedBucket.noSuchBucket(bucket.name().text());
      }
      HistorySpan span = bucket.past().span();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("seconds", span.time().toSeconds());
      if (span.bytes() < Long.MAX_VALUE) {
        fields.put("bytes", span.bytes());
      }
      return fields;
    }
  }

  private static HistorySpan span(String time) throws ControlRefusal {
    return switch (time) {
      case "none" -> HistorySpan.NONE;
      case "default" -> HistorySpan.DEFAULT;
      default -> HistorySpan.of(PointsInTime.span(time));
    };
  }
}
