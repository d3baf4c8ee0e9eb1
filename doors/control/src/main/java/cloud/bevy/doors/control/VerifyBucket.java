package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.hyper.core.Verification;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Holdings;
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
      Bucket bucket = NamedBucket.find(lease.cloud(), request);
      Drive drive = bucket.drive();
      CoreFields.Walk entries = CoreFields.Walk.overAll(drive.database());
      CoreFields.Walk content = CoreFields.Walk.over(drive.content());
      Holdings holdings = bucket.holdings(content.damaged(), Verification.MOST_DAMAGES);
      return CoreFields.report(
          new CoreFields.NamedThing("bucket", request.path().get(1)),
          Map.of(
              "tree", CoreFields.entries(drive.bee().verify()),
              "files", CoreFields.files(holdings)),
          List.of(entries.fields("entries"), content.fields("content")));
    }
  }
}
