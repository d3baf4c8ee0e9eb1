package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeleteBucketPolicyTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aPolicyThatWasDeletedIsGone() {
    String bucket = SERVER.bucket();
    String policy = Policies.of("Deny", "s3:PutObject", bucket + "/*", "");
    SERVER.client().putBucketPolicy(r -> r.bucket(bucket).policy(policy));
    SERVER.client().deleteBucketPolicy(r -> r.bucket(bucket));
    SERVER.client().deleteBucketPolicy(r -> r.bucket(bucket));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_BUCKET_POLICY,
        () -> SERVER.client().getBucketPolicy(r -> r.bucket(bucket)));
  }
}
