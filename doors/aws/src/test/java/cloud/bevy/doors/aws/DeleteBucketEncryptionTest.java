package cloud.bevy.doors.aws;

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
    S3Refusals.assertRefused(
        S3Error.SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND,
        () -> SERVER.client().getBucketEncryption(r -> r.bucket(bucket)));
  }
}
