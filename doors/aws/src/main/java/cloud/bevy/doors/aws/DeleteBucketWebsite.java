package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Ends a bucket's being a web site.
final class DeleteBucketWebsite implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketDocument.delete(call, Setting.WEBSITE);
  }
}
