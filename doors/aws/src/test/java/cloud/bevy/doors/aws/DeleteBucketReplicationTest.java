package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeleteBucketReplicationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatIsNotThereMayBeDeleted() {
    String bucket = SERVER.bucket();
    assertThat(
            SERVER
                .client()
                .deleteBucketReplication(r -> r.bucket(bucket))
                .sdkHttpResponse()
                .statusCode())
        .isEqualTo(204);
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_BUCKET,
        () -> SERVER.client().deleteBucketReplication(r -> r.bucket("not-there")));
  }
}
