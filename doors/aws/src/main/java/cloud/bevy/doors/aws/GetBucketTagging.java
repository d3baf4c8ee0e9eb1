package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Says which tags a bucket has.
final class GetBucketTagging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketDocument.answer(call, Setting.TAGGING, S3Error.NO_SUCH_TAG_SET);
  }
}
