package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.LockConfiguration;
import java.io.IOException;

/// Says whether a bucket's objects can be locked, and what locks new ones.
final class GetObjectLockConfiguration implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    LockConfiguration configuration =
        call.bucket()
            .locks()
            .configuration()
            .orElseThrow(S3Error.OBJECT_LOCK_CONFIGURATION_NOT_FOUND::refused);
    XmlWriter xml = XmlWriter.document("ObjectLockConfiguration");
    xml.element("ObjectLockEnabled", "Enabled");
    configuration
        .retention()
        .ifPresent(retention -> {
          xml.open("Rule").open("DefaultRetention").element("Mode", retention.mode().name());
          if (retention.days() > 0) {
            xml.element("Days", retention.days());
          } else {
            xml.element("Years", retention.years());
          }
          xml.close("DefaultRetention").close("Rule");
        });
    call.send(xml.close("ObjectLockConfiguration"));
  }

  /// Refuses where the bucket's objects cannot be locked.
  static void required(Bucket bucket) throws S3Exception {
    if (bucket.locks().configuration().isEmpty()) {
      throw S3Error.INVALID_REQUEST.refused("Bucket is missing Object Lock Configuration");
    }
  }
}
