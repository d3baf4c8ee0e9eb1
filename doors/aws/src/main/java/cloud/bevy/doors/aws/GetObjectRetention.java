package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Retention;
import java.io.IOException;

/// Says until when a version of an object is kept.
final class GetObjectRetention implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    GetObjectLockConfiguration.required(bucket);
    Retention retention =
        ObjectVersions.find(call, bucket)
            .attributes()
            .lock()
            .retention()
            .orElseThrow(S3Error.NO_SUCH_OBJECT_LOCK_CONFIGURATION::refused);
    call.send(
        XmlWriter.document("Retention")
            .element("Mode", retention.mode().name())
            .element("RetainUntilDate", HttpDates.xml(retention.until()))
            .close("Retention"));
  }
}
