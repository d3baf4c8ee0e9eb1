package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

class DeleteBucketEncryptionTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theBucketEncryptsAsIfNothingHadBeenSaid() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putBucketEncryption(r ->
            r.bucket(bucket)
                .serverSideEncryptionConfiguration(c ->
                    c.rules(
                        ServerSideEncryptionRule.builder()
                            .bucketKeyEnabled(true)
                            .applyServerSideEncryptionByDefault(d -> d.sseAlgorithm("AES256"))
                            .build())));
    SERVER.client().deleteBucketEncryption(r -> r.bucket(bucket));
    assertThat(
            SERVER
                .client()
                .getBucketEncryption(r -> r.bucket(bucket))
                .serverSideEncryptionConfiguration()
                .rules()
                .getFirst()
                .bucketKeyEnabled())
        .isFalse();
  }
}
