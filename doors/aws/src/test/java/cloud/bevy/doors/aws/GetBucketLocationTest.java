package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketLocationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theRegionThatABucketWasMadeForIsRemembered() {
    SERVER
        .client()
        .createBucket(r ->
            r.bucket("far-away")
                .createBucketConfiguration(c -> c.locationConstraint("eu-central-1")));
    assertThat(
            SERVER
                .client()
                .getBucketLocation(r -> r.bucket("far-away"))
                .locationConstraintAsString())
        .isEqualTo("eu-central-1");
  }
}
