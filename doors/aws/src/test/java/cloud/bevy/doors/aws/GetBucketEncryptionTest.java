package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

class GetBucketEncryptionTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketEncryptsWithKeysOfItsOwnWhereNothingWasSaid() {
    String bucket = SERVER.bucket();
    ServerSideEncryptionRule rule =
        SERVER
            .client()
            .getBucketEncryption(r -> r.bucket(bucket))
            .serverSideEncryptionConfiguration()
            .rules()
            .getFirst();
    assertThat(rule.applyServerSideEncryptionByDefault().sseAlgorithmAsString())
        .isEqualTo("AES256");
    assertThat(rule.bucketKeyEnabled()).isFalse();
  }
}
