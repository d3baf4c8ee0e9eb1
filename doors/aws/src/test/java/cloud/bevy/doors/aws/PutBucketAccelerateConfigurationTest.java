package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.BucketAccelerateStatus;

class PutBucketAccelerateConfigurationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void accelerationMayBeSuspended() {
    String bucket = SERVER.bucket();
    put(bucket, "Suspended");
    assertThat(SERVER.client().getBucketAccelerateConfiguration(r -> r.bucket(bucket)).status())
        .isEqualTo(BucketAccelerateStatus.SUSPENDED);
  }

  @Test
  void thatTransfersAreAcceleratedIsNotImplemented() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(S3Error.NOT_IMPLEMENTED, () -> put(bucket, "Enabled"));
    S3Refusals.assertRefused(S3Error.MALFORMED_XML, () -> put(bucket, "Faster"));
  }

  private static void put(String bucket, String status) {
    SERVER
        .client()
        .putBucketAccelerateConfiguration(
            r -> r.bucket(bucket).accelerateConfiguration(c -> c.status(status)));
  }
}
