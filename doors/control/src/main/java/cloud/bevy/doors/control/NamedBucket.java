package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;

/// The bucket that a control request is about: `buckets/NAME/…`.
final class NamedBucket {
  private NamedBucket() {}

  static Bucket find(Cloud cloud, ControlRequest request) throws ControlRefusal {
    String name = request.path().get(1);
    return BucketName.of(name)
        .flatMap(Buckets.in(cloud)::find)
        .orElseThrow(() -> noSuchBucket(name));
  }

  static ControlRefusal noSuchBucket(String name) {
    return new ControlRefusal(404, "there is no bucket \"" + name + "\"", "aws s3 ls lists them");
  }
}
