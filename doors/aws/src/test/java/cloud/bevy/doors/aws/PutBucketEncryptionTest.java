package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

class PutBucketEncryptionTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatWasPutIsReadBack() {
    String bucket = SERVER.bucket();
    put(bucket, "AES256");
    ServerSideEncryptionRule rule =
        SERVER
            .client()
            .getBucketEncryption(r -> r.bucket(bucket))
            .serverSideEncryptionConfiguration()
            .rules()
            .getFirst();
    assertThat(rule.applyServerSideEncryptionByDefault().sseAlgorithmAsString())
        .isEqualTo("AES256");
    assertThat(rule.bucketKeyEnabled()).isTrue();
  }

  @Test
  void objectsThatSayNothingAreEncryptedFromThenOn() {
    String bucket = SERVER.bucket();
    put(bucket, "AES256");
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    assertThat(SERVER.client().headObject(r -> r.bucket(bucket).key("key")).serverSideEncryption())
        .isEqualTo(ServerSideEncryption.AES256);
  }

  @Test
  void theKeyMayBeOneWithAName() {
    String bucket = SERVER.bucket();
    put(bucket, "aws:kms");
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    var head = SERVER.client().headObject(r -> r.bucket(bucket).key("key"));
    assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
    assertThat(head.ssekmsKeyId()).isEqualTo("alias/aws/s3");
  }

  @Test
  void encryptingTwiceIsNotImplemented() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(S3Error.NOT_IMPLEMENTED, () -> put(bucket, "aws:kms:dsse"));
  }

  @Test
  void anAlgorithmThatIsNoneIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(S3Error.MALFORMED_XML, () -> put(bucket, "ROT13"));
  }

  private static void put(String bucket, String algorithm) {
    SERVER
        .client()
        .putBucketEncryption(r ->
            r.bucket(bucket)
                .serverSideEncryptionConfiguration(c ->
                    c.rules(
                        ServerSideEncryptionRule.builder()
                            .bucketKeyEnabled(true)
                            .applyServerSideEncryptionByDefault(d -> d.sseAlgorithm(algorithm))
                            .build())));
  }
}
