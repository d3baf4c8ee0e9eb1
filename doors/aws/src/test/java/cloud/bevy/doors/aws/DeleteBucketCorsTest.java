package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.CORSRule;

class DeleteBucketCorsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void noPageFromElsewhereIsAllowedAnyMore() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putBucketCors(r ->
            r.bucket(bucket)
                .corsConfiguration(c ->
                    c.corsRules(
                        CORSRule.builder().allowedMethods("GET").allowedOrigins("*").build())));
    SERVER.client().deleteBucketCors(r -> r.bucket(bucket));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_CORS_CONFIGURATION,
        () -> SERVER.client().getBucketCors(r -> r.bucket(bucket)));
    SERVER.client().deleteBucketCors(r -> r.bucket(bucket));
  }
}
