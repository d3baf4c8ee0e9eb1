package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeleteBucketWebsiteTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theBucketIsNoWebSiteAnyMore() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putBucketWebsite(r ->
            r.bucket(bucket)
                .websiteConfiguration(c -> c.indexDocument(d -> d.suffix("index.html"))));
    SERVER.client().deleteBucketWebsite(r -> r.bucket(bucket));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_WEBSITE_CONFIGURATION,
        () -> SERVER.client().getBucketWebsite(r -> r.bucket(bucket)));
  }
}
