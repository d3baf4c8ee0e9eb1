package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

class GetBucketVersioningTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aNewBucketHasNoStatus() {
    String bucket = SERVER.bucket();
    assertThat(status(bucket)).isNull();
  }

  @Test
  void whatWasSetIsTold() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    assertThat(status(bucket.name())).isEqualTo(BucketVersioningStatus.ENABLED);
    bucket.set(BucketVersioningStatus.SUSPENDED);
    assertThat(status(bucket.name())).isEqualTo(BucketVersioningStatus.SUSPENDED);
  }

  private static BucketVersioningStatus status(String bucket) {
    return SERVER.client().getBucketVersioning(r -> r.bucket(bucket)).status();
  }
}
