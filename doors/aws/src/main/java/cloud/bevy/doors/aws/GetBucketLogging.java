package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says where accesses to a bucket are logged: nowhere.
final class GetBucketLogging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    call.bucket();
    call.send(XmlWriter.document("BucketLoggingStatus").close("BucketLoggingStatus"));
  }
}
