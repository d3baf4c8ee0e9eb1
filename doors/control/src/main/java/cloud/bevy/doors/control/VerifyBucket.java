package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.hyper.drive.Drive;
import java.util.List;
import java.util.Map;

/// `POST buckets/NAME/verify?cloud=NAME`: reads a bucket's cores back from the disk and checks
/// blocks, trees and signatures. Takes as long as that takes.
public final class VerifyBucket implements ControlOperation {
  private final Clouds clouds;

  /// @param clouds whose buckets
  public VerifyBucket(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.matches("buckets/[^/]+/verify");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Drive drive = NamedBucket.find(lease.cloud(), request).drive();
      return CoreFields.report(
          new CoreFields.NamedThing("bucket", request.path().get(1)),
          Map.of("tree", CoreFields.entries(drive.bee()), "files", CoreFields.files(drive)),
          List.of(
              CoreFields.walk("entries", drive.database()),
              CoreFields.walk("content", drive.content())));
    }
  }
}
