package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketPolicyTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aPolicyIsReadBackAsItWasPut() {
    String bucket = SERVER.bucket();
    String policy = Policies.of("Deny", "s3:PutObject", bucket + "/*", "");
    SERVER.client().putBucketPolicy(r -> r.bucket(bucket).policy(policy));
    assertThat(SERVER.client().getBucketPolicy(r -> r.bucket(bucket)).policy()).isEqualTo(policy);
  }

  @Test
  void aBucketWithoutAPolicyHasNone() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_BUCKET_POLICY,
        () -> SERVER.client().getBucketPolicy(r -> r.bucket(bucket)));
  }
}
