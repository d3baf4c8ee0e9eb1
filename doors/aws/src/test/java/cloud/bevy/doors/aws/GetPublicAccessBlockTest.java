package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

class GetPublicAccessBlockTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aNewBucketIsClosed() {
    String bucket = SERVER.bucket();
    PublicAccessBlockConfiguration block =
        SERVER
            .client()
            .getPublicAccessBlock(r -> r.bucket(bucket))
            .publicAccessBlockConfiguration();
    assertThat(block.blockPublicAcls()).isTrue();
    assertThat(block.ignorePublicAcls()).isTrue();
    assertThat(block.blockPublicPolicy()).isTrue();
    assertThat(block.restrictPublicBuckets()).isTrue();
  }
}
