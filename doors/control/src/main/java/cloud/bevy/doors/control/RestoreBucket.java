package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.RestorePlan;
import cloud.bevy.services.buckets.RestoreReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `POST buckets/NAME/restore?cloud=NAME&at=…&prefix=…&dry=true&to=…`: makes a bucket's objects
/// what they were, or puts them into another bucket. Takes as long as copying takes.
public final class RestoreBucket implements ControlOperation {
  private final Clouds clouds;

  /// @param clouds whose buckets
  public RestoreBucket(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.matches("buckets/[^/]+/restore");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws IOException, ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Bucket bucket = NamedBucket.find(lease.cloud(), request);
      String other = request.parameter("to", "");
      Bucket to =
          other.isEmpty()
              ? bucket
              : BucketName.of(other)
                  .flatMap(Buckets.in(lease.cloud())::find)
                  .orElseThrow(() -> NamedBucket.noSuchBucket(other));
      RestorePlan plan =
          new RestorePlan(
              PointsInTime.version(bucket, request.parameter("at", "")),
              request.parameter("prefix", ""),
              request.parameter("dry", "").equals("true"));
      Optional<RestoreReport> report =
          to == bucket ? bucket.past().restore(plan) : bucket.past().restore(plan, to);
      return fields(report.orElseThrow(() -> NamedBucket.noSuchBucket(bucket.name().text())));
    }
  }

  private static Map<String, Object> fields(RestoreReport report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", report.version());
    fields.put("restored", report.restored());
    fields.put("bytes", report.bytes());
    fields.put("deleted", report.deleted());
    fields.put("same", report.same());
    fields.put("skipped", report.skipped());
    fields.put("lost", report.lost());
    fields.put("lostKeys", report.examples());
    return fields;
  }
}
