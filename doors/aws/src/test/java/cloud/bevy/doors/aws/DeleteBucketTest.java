package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

class DeleteBucketTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketThatWasDeletedIsGone() {
    String bucket = SERVER.bucket();
    SERVER.client().deleteBucket(r -> r.bucket(bucket));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_BUCKET, () -> SERVER.client().listObjectsV2(r -> r.bucket(bucket)));
  }

  @Test
  void aBucketWithObjectsStays() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    S3Refusals.assertRefused(
        S3Error.BUCKET_NOT_EMPTY, () -> SERVER.client().deleteBucket(r -> r.bucket(bucket)));
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).contents()).hasSize(1);
  }

  @Test
  void aBucketThatIsMadeAnewIsEmpty() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    SERVER.client().deleteObject(r -> r.bucket(bucket).key("key"));
    SERVER.client().deleteBucket(r -> r.bucket(bucket));
    SERVER.client().createBucket(r -> r.bucket(bucket));
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  void uploadsThatHaveNotEndedGoWithTheirBucket() {
    String bucket = SERVER.bucket();
    SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key"));
    SERVER.client().deleteBucket(r -> r.bucket(bucket));
    SERVER.client().createBucket(r -> r.bucket(bucket));
    assertThat(SERVER.client().listMultipartUploads(r -> r.bucket(bucket)).uploads()).isEmpty();
  }

  @Test
  void aBucketThatIsNotThereIsRefused() {
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_BUCKET, () -> SERVER.client().deleteBucket(r -> r.bucket("not-there")));
  }
}
