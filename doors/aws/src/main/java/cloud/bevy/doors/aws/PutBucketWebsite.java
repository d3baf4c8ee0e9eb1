package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Says how a bucket is shown as a web site.
final class PutBucketWebsite implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    XmlElement document = BucketDocument.read(call, "WebsiteConfiguration");
    WebsiteCheck.check(document);
    BucketDocument.keep(call, Setting.WEBSITE, document);
    call.sendEmpty(200);
  }
}
