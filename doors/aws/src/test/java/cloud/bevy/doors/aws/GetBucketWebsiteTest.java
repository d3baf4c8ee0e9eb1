package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketWebsiteTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketThatIsNoWebSiteHasNoConfiguration() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_WEBSITE_CONFIGURATION,
        () -> SERVER.client().getBucketWebsite(r -> r.bucket(bucket)));
  }
}
