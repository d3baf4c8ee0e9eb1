package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

class GetPublicAccessBlockTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aNewBucketHasNone() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION,
        () -> SERVER.client().getPublicAccessBlock(r -> r.bucket(bucket)));
  }

  @Test
  void aBlockIsReadBack() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putPublicAccessBlock(r ->
            r.bucket(bucket)
                .publicAccessBlockConfiguration(
                    b -> b.blockPublicPolicy(true).restrictPublicBuckets(true)));
    PublicAccessBlockConfiguration block =
        SERVER
            .client()
            .getPublicAccessBlock(r -> r.bucket(bucket))
            .publicAccessBlockConfiguration();
    assertThat(block.blockPublicAcls()).isFalse();
    assertThat(block.ignorePublicAcls()).isFalse();
    assertThat(block.blockPublicPolicy()).isTrue();
    assertThat(block.restrictPublicBuckets()).isTrue();
  }
}
