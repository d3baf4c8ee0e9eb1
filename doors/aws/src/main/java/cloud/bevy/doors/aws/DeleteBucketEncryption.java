package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Sets back how a bucket encrypts objects that say nothing of it.
final class DeleteBucketEncryption implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketDocument.delete(call, Setting.ENCRYPTION);
  }
}
