package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketTaggingTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketWithoutTagsHasNoSetOfThem() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_TAG_SET, () -> SERVER.client().getBucketTagging(r -> r.bucket(bucket)));
  }
}
