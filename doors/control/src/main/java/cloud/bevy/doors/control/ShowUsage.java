package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketSummary;
import cloud.bevy.services.buckets.BucketUsage;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.ListPage;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// `GET usage?cloud=NAME` and `GET buckets/NAME/usage?cloud=NAME`: how much buckets hold, and may
/// hold.
public final class ShowUsage implements ControlOperation {
  private static final int PAGE = 1000;

  private final Clouds clouds;

  /// @param clouds whose buckets
  public ShowUsage(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && (path.equals("usage") || path.matches("buckets/[^/]+/usage"));
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      return request.path().size() == 1
          ? all(lease.cloud())
          : fields(NamedBucket.find(lease.cloud(), request));
    }
  }

  private static Map<String, Object> all(Cloud cloud) {
    Buckets buckets = Buckets.in(cloud);
    List<Map<String, Object>> each = new ArrayList<>();
    ListPosition from = ListPosition.START;
    while (true) {
      ListPage<BucketSummary> page = buckets.list(new ListQuery("", "", from, PAGE));
      for (BucketSummary bucket : page.entries()) {
        buckets.find(bucket.name()).ifPresent(found -> each.add(fields(found)));
      }
      if (page.next().isEmpty()) {
        break;
      }
      from = page.next().get();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("buckets", each);
    fields.putAll(fields(buckets.usage(), buckets.quota()));
    return fields;
  }

  private static Map<String, Object> fields(Bucket bucket) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bucket", bucket.name().text());
    fields.putAll(fields(bucket.usage(), bucket.quota()));
    return fields;
  }

  private static Map<String, Object> fields(BucketUsage usage, OptionalLong quota) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("objects", usage.objects());
    fields.put("bytes", usage.bytes());
    fields.put("olderVersions", usage.olderVersions());
    fields.put("olderBytes", usage.olderBytes());
    fields.put("uploads", usage.uploads());
    fields.put("uploadBytes", usage.uploadBytes());
    fields.put("allBytes", usage.allBytes());
    quota.ifPresent(bytes -> fields.put("quota", bytes));
    return fields;
  }
}
