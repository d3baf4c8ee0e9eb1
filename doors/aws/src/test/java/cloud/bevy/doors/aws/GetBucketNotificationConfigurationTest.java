package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketNotificationConfigurationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void nobodyIsTold() {
    String bucket = SERVER.bucket();
    assertThat(
            SERVER
                .client()
                .getBucketNotificationConfiguration(r -> r.bucket(bucket))
                .queueConfigurations())
        .isEmpty();
  }
}
