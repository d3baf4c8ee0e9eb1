package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Says how a bucket encrypts objects that say nothing of it; where nothing was said, it does not.
final class GetBucketEncryption implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketDocument.answer(
        call, Setting.ENCRYPTION, S3Error.SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND);
  }
}
