package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Takes a bucket's tags off.
final class DeleteBucketTagging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketDocument.delete(call, Setting.TAGGING);
  }
}
