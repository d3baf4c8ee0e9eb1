package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CreateBucketTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketThatWasMadeIsListed() {
    String bucket = SERVER.bucket();
    assertThat(SERVER.client().listBuckets().buckets())
        .anySatisfy(listed -> assertThat(listed.name()).isEqualTo(bucket));
  }

  @Test
  void aBucketIsMadeOnce() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.BUCKET_ALREADY_OWNED_BY_YOU,
        () -> SERVER.client().createBucket(r -> r.bucket(bucket)));
  }

  @Test
  void aNameThatIsNoBucketsNameIsRefused() {
    S3Refusals.assertRefused(
        S3Error.INVALID_BUCKET_NAME,
        () -> SERVER.client().createBucket(r -> r.bucket("sthree-abc")));
  }
}
