package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

class DeleteBucketLifecycleTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theRulesAreGone() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putBucketLifecycleConfiguration(r ->
            r.bucket(bucket)
                .lifecycleConfiguration(c ->
                    c.rules(
                        LifecycleRule.builder()
                            .status(ExpirationStatus.ENABLED)
                            .filter(f -> f.prefix(""))
                            .expiration(e -> e.days(1))
                            .build())));
    SERVER.client().deleteBucketLifecycle(r -> r.bucket(bucket));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_LIFECYCLE_CONFIGURATION,
        () -> SERVER.client().getBucketLifecycleConfiguration(r -> r.bucket(bucket)));
  }
}
