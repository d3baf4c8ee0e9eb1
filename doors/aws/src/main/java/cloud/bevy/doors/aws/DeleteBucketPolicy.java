package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Takes a bucket's policy away. It is no error if there is none.
final class DeleteBucketPolicy implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketSetting.delete(PolicyOwner.bucket(call), Setting.POLICY);
    call.sendEmpty(204);
  }
}
