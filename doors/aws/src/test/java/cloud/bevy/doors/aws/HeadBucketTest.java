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

  @Test
  void aBucketIsNotAnothersWhoIsExpectedToOwnIt() {
    String bucket = SERVER.bucket();
    String owner = SERVER.client().listBuckets().owner().id();
    for (String mine : new String[] {owner, "000000000000"}) {
      assertThat(SERVER.client().getBucketLocation(r -> r.bucket(bucket).expectedBucketOwner(mine)))
          .isNotNull();
    }
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () ->
            SERVER
                .client()
                .getBucketLocation(r -> r.bucket(bucket).expectedBucketOwner("111122223333")));
    S3Refusals.assertRefused(
        S3Error.INVALID_BUCKET_OWNER_AWS_ACCOUNT_ID,
        () -> SERVER.client().getBucketLocation(r -> r.bucket(bucket).expectedBucketOwner("me")));
  }
}
