package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketOwnershipControlsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theOwnerOfANewBucketOwnsWhatIsInIt() {
    assertThat(ownership(SERVER.bucket())).isEqualTo("BucketOwnerEnforced");
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
