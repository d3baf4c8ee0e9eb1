package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketOwnershipControlsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aNewBucketHasNoRule() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.OWNERSHIP_CONTROLS_NOT_FOUND,
        () -> SERVER.client().getBucketOwnershipControls(r -> r.bucket(bucket)));
  }

  @Test
  void aBucketMayBeMadeWithAnotherRule() {
    SERVER.client().createBucket(r -> r.bucket("writers").objectOwnership("ObjectWriter"));
    assertThat(ownership("writers")).isEqualTo("ObjectWriter");
  }

  private static String ownership(String bucket) {
    return SERVER
        .client()
        .getBucketOwnershipControls(r -> r.bucket(bucket))
        .ownershipControls()
        .rules()
        .getFirst()
        .objectOwnershipAsString();
  }
}
