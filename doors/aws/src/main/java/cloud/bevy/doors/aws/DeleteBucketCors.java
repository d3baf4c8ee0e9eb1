package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Lets no web page from elsewhere use a bucket any more.
final class DeleteBucketCors implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketDocument.delete(call, Setting.CORS);
  }
}
