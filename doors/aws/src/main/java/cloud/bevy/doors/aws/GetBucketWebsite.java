package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Says how a bucket is shown as a web site.
final class GetBucketWebsite implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketDocument.answer(call, Setting.WEBSITE, S3Error.NO_SUCH_WEBSITE_CONFIGURATION);
  }
}
