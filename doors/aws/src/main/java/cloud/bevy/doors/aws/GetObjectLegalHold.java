package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import java.io.IOException;

/// Says whether a version of an object is held.
final class GetObjectLegalHold implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    GetObjectLockConfiguration.required(bucket);
    boolean held =
        ObjectVersions.find(call, bucket)
            .attributes()
            .lock()
            .legalHold()
            .orElseThrow(S3Error.NO_SUCH_OBJECT_LOCK_CONFIGURATION::refused);
    call.send(
        XmlWriter.document("LegalHold")
            .element("Status", LockHeaders.hold(held))
            .close("LegalHold"));
  }
}
