package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeleteBucketOwnershipControlsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aRuleThatWasDeletedIsGone() {
    String bucket = SERVER.closedBucket();
    SERVER.client().deleteBucketOwnershipControls(r -> r.bucket(bucket));
    SERVER.client().deleteBucketOwnershipControls(r -> r.bucket(bucket));
    S3Refusals.assertRefused(
        S3Error.OWNERSHIP_CONTROLS_NOT_FOUND,
        () -> SERVER.client().getBucketOwnershipControls(r -> r.bucket(bucket)));
  }
}
