package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

class GetBucketEncryptionTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whereNothingWasSaidNothingIsEncrypted() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND,
        () -> SERVER.client().getBucketEncryption(r -> r.bucket(bucket)));
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    assertThat(SERVER.client().headObject(r -> r.bucket(bucket).key("key")).serverSideEncryption())
        .isNull();
  }
}
