package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Ends what a bucket does with its objects as they grow old.
final class DeleteBucketLifecycle implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketDocument.delete(call, Setting.LIFECYCLE);
  }
}
