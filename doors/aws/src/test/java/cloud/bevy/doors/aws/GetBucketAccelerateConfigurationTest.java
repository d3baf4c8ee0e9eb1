package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketAccelerateConfigurationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketThatNothingWasSaidOfHasNoStatus() {
    String bucket = SERVER.bucket();
    assertThat(SERVER.client().getBucketAccelerateConfiguration(r -> r.bucket(bucket)).status())
        .isNull();
  }
}
