package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Gives a bucket other tags.
final class PutBucketTagging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    XmlElement tagging = BucketDocument.read(call, "Tagging");
    if (Tags.ofBucket(tagging).isEmpty()) {
      BucketDocument.delete(call, Setting.TAGGING);
      return;
    }
    BucketDocument.keep(call, Setting.TAGGING, tagging);
    call.sendEmpty(204);
  }
}
