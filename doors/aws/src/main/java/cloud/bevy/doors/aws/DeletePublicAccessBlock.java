package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Opens all ways to let everybody into a bucket.
final class DeletePublicAccessBlock implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketSetting.delete(call.bucket(), Setting.PUBLIC_ACCESS_BLOCK);
    call.sendEmpty(204);
  }
}
