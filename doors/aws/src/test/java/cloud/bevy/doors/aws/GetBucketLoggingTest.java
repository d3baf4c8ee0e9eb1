package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketLoggingTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void accessesAreNotLogged() {
    String bucket = SERVER.bucket();
    assertThat(SERVER.client().getBucketLogging(r -> r.bucket(bucket)).loggingEnabled()).isNull();
  }
}
