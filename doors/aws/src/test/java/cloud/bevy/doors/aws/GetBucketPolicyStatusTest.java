package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketPolicyStatusTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketIsNotPublicUntilItIsMadeSo() {
    String bucket = SERVER.bucket();
    assertThat(isPublic(bucket)).isFalse();
    SERVER
        .client()
        .putBucketPolicy(
            r -> r.bucket(bucket).policy(Policies.of("Allow", "s3:ListBucket", bucket, "")));
    assertThat(isPublic(bucket)).isTrue();
  }

  @Test
  void aPolicyForANetworkIsNotPublic() {
    String bucket = SERVER.bucket();
    String network = ", \"Condition\": {\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}";
    SERVER
        .client()
        .putBucketPolicy(
            r -> r.bucket(bucket).policy(Policies.of("Allow", "s3:ListBucket", bucket, network)));
    assertThat(isPublic(bucket)).isFalse();
  }

  @Test
  void aListForEverybodyIsPublic() {
    String bucket = SERVER.bucket();
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("authenticated-read"));
    assertThat(isPublic(bucket)).isTrue();
  }

  private static boolean isPublic(String bucket) {
    return SERVER.client().getBucketPolicyStatus(r -> r.bucket(bucket)).policyStatus().isPublic();
  }
}
