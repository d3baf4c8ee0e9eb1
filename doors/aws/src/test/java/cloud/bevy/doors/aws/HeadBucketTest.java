package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

class HeadBucketTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketThatIsThereIsFound() {
    String bucket = SERVER.bucket();
    assertThat(SERVER.client().headBucket(r -> r.bucket(bucket)).bucketRegion())
        .isEqualTo("us-east-1");
  }

  @Test
  void aBucketThatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> SERVER.client().headBucket(r -> r.bucket("not-there")))
        .isInstanceOf(NoSuchBucketException.class);
  }
}
