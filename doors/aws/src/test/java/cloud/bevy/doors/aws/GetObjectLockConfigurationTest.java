package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;

class GetObjectLockConfigurationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketThatWasMadeForLocksHasThem() {
    String bucket = LockableBucket.on(SERVER, "made-for-locks").name();
    ObjectLockConfiguration configuration =
        SERVER.client().getObjectLockConfiguration(r -> r.bucket(bucket)).objectLockConfiguration();
    assertThat(configuration.objectLockEnabled()).isEqualTo(ObjectLockEnabled.ENABLED);
    assertThat(configuration.rule()).isNull();
    assertThat(SERVER.client().getBucketVersioning(r -> r.bucket(bucket)).statusAsString())
        .isEqualTo("Enabled");
  }

  @Test
  void otherBucketsHaveNone() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.OBJECT_LOCK_CONFIGURATION_NOT_FOUND,
        () -> SERVER.client().getObjectLockConfiguration(r -> r.bucket(bucket)));
  }
}
