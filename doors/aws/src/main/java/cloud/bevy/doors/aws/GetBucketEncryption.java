package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.util.Optional;

/// Says how a bucket encrypts objects that say nothing of it.
final class GetBucketEncryption implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    Optional<String> text = bucket.settings().find(Setting.ENCRYPTION);
    if (text.isPresent()) {
      BucketDocument.send(call, text.get());
      return;
    }
    call.send(
        XmlWriter.document("ServerSideEncryptionConfiguration")
            .open("Rule")
            .open("ApplyServerSideEncryptionByDefault")
            .element("SSEAlgorithm", "AES256")
            .close("ApplyServerSideEncryptionByDefault")
            .element("BucketKeyEnabled", false)
            .close("Rule")
            .close("ServerSideEncryptionConfiguration"));
  }
}
