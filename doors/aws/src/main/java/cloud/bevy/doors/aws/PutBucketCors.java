package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Says which web pages may ask a bucket for what from now on.
final class PutBucketCors implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    XmlElement document = BucketDocument.read(call, "CORSConfiguration");
    CorsRules.read(document);
    BucketDocument.keep(call, Setting.CORS, document);
    call.sendEmpty(200);
  }
}
