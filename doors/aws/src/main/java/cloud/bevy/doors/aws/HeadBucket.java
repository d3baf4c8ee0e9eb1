package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says whether there is such a bucket.
final class HeadBucket implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    call.view();
    call.answerHeader("x-amz-bucket-region", Regions.name(call.bucket().summary()));
    call.answerHeader("x-amz-bucket-arn", "arn:aws:s3:::" + call.bucket().name());
    call.answerHeader("x-amz-access-point-alias", "false");
    call.answerHeader("Content-Type", "application/xml");
    call.sendEmpty(200);
  }
}
