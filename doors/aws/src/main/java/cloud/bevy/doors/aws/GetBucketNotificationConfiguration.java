package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says who is told of what happens in a bucket: nobody.
final class GetBucketNotificationConfiguration implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    call.bucket();
    call.send(XmlWriter.document("NotificationConfiguration").close("NotificationConfiguration"));
  }
}
