package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import java.util.Map;

/// `POST buckets/NAME/key?cloud=NAME`: the key of the drive that a bucket is, which may be read
/// from now on by whoever knows it.
public final class ShareBucket implements ControlOperation {
  private final Clouds clouds;

  /// @param clouds whose buckets
  public ShareBucket(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.matches("buckets/[^/]+/key");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    String name = request.path().get(1);
    try (Lease lease = NamedCloud.open(clouds, request)) {
      byte[] key =
          NamedBucket.find(lease.cloud(), request)
              .share()
              .orElseThrow(() -> NamedBucket.noSuchBucket(name));
      return CoreFields.key(name, key);
    }
  }
}
