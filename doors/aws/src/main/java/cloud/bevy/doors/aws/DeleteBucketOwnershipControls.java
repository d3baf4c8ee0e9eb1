package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Takes the rule away who owns what others put into a bucket: then whoever puts it does.
final class DeleteBucketOwnershipControls implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketSetting.delete(call.bucket(), Setting.OWNERSHIP);
    call.sendEmpty(204);
  }
}
