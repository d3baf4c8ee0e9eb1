package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PutBucketLoggingTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void loggingMayBeSwitchedOff() {
    String bucket = SERVER.bucket();
    SERVER.client().putBucketLogging(r -> r.bucket(bucket).bucketLoggingStatus(s -> {}));
    assertThat(SERVER.client().getBucketLogging(r -> r.bucket(bucket)).loggingEnabled()).isNull();
  }

  @Test
  void thatAccessesAreLoggedIsNotImplemented() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NOT_IMPLEMENTED,
        () ->
            SERVER
                .client()
                .putBucketLogging(r ->
                    r.bucket(bucket)
                        .bucketLoggingStatus(
                            s -> s.loggingEnabled(l -> l.targetBucket(bucket).targetPrefix("")))));
  }
}
