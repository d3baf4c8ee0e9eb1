package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Says which web pages may ask a bucket for what.
final class GetBucketCors implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketDocument.answer(call, Setting.CORS, S3Error.NO_SUCH_CORS_CONFIGURATION);
  }
}
