package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Buckets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/// `POST quota?cloud=NAME&bytes=N` and `POST buckets/NAME/quota?cloud=NAME&bytes=N`: limits how
/// many bytes all buckets of a cloud, or one of them, may hold. Without `bytes` there is no limit.
public final class SetQuota implements ControlOperation {
  private static final int BAD_REQUEST = 400;
  private static final String BYTES = "bytes";

  private final Clouds clouds;

  /// @param clouds whose buckets
  public SetQuota(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && (path.equals("quota") || path.matches("buckets/[^/]+/quota"));
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    OptionalLong bytes = bytes(request.parameter(BYTES, ""));
    Map<String, Object> fields = new LinkedHashMap<>();
    try (Lease lease = NamedCloud.open(clouds, request)) {
      if (request.path().size() == 1) {
        Buckets.in(lease.cloud()).setQuota(bytes);
      } else {
        String name = request.path().get(1);
        if (!NamedBucket.find(lease.cloud(), request).setQuota(bytes)) {
          throw NamedBucket.noSuchBucket(name);
        }
        fields.put("bucket", name);
      }
    }
    bytes.ifPresent(limit -> fields.put("quota", limit));
    return fields;
  }

  private static OptionalLong bytes(String text) throws ControlRefusal {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new ControlRefusal(
          BAD_REQUEST, "\"" + text + "\" is no number of bytes", "give a whole number");
    }
    return OptionalLong.of(Long.parseLong(text));
  }
}
