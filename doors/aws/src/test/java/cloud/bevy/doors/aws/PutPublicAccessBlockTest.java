package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

class PutPublicAccessBlockTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatIsNotNamedIsOpen() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putPublicAccessBlock(
            r -> r.bucket(bucket).publicAccessBlockConfiguration(b -> b.blockPublicAcls(true)));
    PublicAccessBlockConfiguration block =
        SERVER
            .client()
            .getPublicAccessBlock(r -> r.bucket(bucket))
            .publicAccessBlockConfiguration();
    assertThat(block.blockPublicAcls()).isTrue();
    assertThat(block.blockPublicPolicy()).isFalse();
  }

  @Test
  void listsForEverybodyAreIgnored() {
    String bucket = SERVER.bucket();
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("public-read"));
    assertThat(SERVER.anonymous().listObjectsV2(r -> r.bucket(bucket)).keyCount()).isZero();
    SERVER
        .client()
        .putPublicAccessBlock(
            r -> r.bucket(bucket).publicAccessBlockConfiguration(b -> b.ignorePublicAcls(true)));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> SERVER.anonymous().listObjectsV2(r -> r.bucket(bucket)));
  }

  @Test
  void aPolicyForEverybodyIsForTheOwnerAlone() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putBucketPolicy(
            r -> r.bucket(bucket).policy(Policies.of("Allow", "s3:ListBucket", bucket, "")));
    assertThat(SERVER.anonymous().listObjectsV2(r -> r.bucket(bucket)).keyCount()).isZero();
    SERVER
        .client()
        .putPublicAccessBlock(r ->
            r.bucket(bucket).publicAccessBlockConfiguration(b -> b.restrictPublicBuckets(true)));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> SERVER.anonymous().listObjectsV2(r -> r.bucket(bucket)));
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).keyCount()).isZero();
  }
}
