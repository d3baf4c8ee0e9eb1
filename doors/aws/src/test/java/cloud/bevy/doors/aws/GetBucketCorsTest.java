package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.CORSRule;

class GetBucketCorsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theRulesAreReadBackAsTheyWerePut() {
    String bucket = SERVER.bucket();
    CORSRule rule =
        CORSRule.builder()
            .id("one")
            .allowedMethods("GET", "HEAD")
            .allowedOrigins("*")
            .allowedHeaders("*")
            .exposeHeaders("ETag")
            .maxAgeSeconds(60)
            .build();
    CORSRule other = CORSRule.builder().allowedMethods("PUT").allowedOrigins("http://a").build();
    SERVER
        .client()
        .putBucketCors(r -> r.bucket(bucket).corsConfiguration(c -> c.corsRules(rule, other)));
    assertThat(SERVER.client().getBucketCors(r -> r.bucket(bucket)).corsRules())
        .containsExactly(rule, other);
  }

  @Test
  void aBucketWithoutRulesHasNoConfiguration() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_CORS_CONFIGURATION,
        () -> SERVER.client().getBucketCors(r -> r.bucket(bucket)));
  }
}
