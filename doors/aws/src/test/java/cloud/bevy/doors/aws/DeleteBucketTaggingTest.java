package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.Tag;

class DeleteBucketTaggingTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theTagsAreGone() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putBucketTagging(r ->
            r.bucket(bucket).tagging(t -> t.tagSet(Tag.builder().key("a").value("b").build())));
    SERVER.client().deleteBucketTagging(r -> r.bucket(bucket));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_TAG_SET, () -> SERVER.client().getBucketTagging(r -> r.bucket(bucket)));
  }
}
