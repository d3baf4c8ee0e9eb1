package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says whether there is such a bucket.
final class HeadBucket implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    call.view();
    call.answerHeader("x-amz-bucket-region", Regions.name(call.bucket().summary()));
    call.sendEmpty(200);
  }
}
