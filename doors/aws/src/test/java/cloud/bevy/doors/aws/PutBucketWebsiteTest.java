package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.RoutingRule;
import software.amazon.awssdk.services.s3.model.WebsiteConfiguration;

class PutBucketWebsiteTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatWasPutIsReadBack() {
    String bucket = SERVER.bucket();
    RoutingRule rule =
        RoutingRule.builder()
            .condition(c -> c.keyPrefixEquals("docs/"))
            .redirect(d -> d.replaceKeyPrefixWith("documents/").httpRedirectCode("302"))
            .build();
    put(
        bucket,
        WebsiteConfiguration.builder()
            .indexDocument(d -> d.suffix("index.html"))
            .errorDocument(d -> d.key("error.html"))
            .routingRules(rule)
            .build());
    GetBucketWebsiteResponse website = SERVER.client().getBucketWebsite(r -> r.bucket(bucket));
    assertThat(website.indexDocument().suffix()).isEqualTo("index.html");
    assertThat(website.errorDocument().key()).isEqualTo("error.html");
    assertThat(website.routingRules()).containsExactly(rule);
  }

  @Test
  void aWebSiteMayRedirectEverything() {
    String bucket = SERVER.bucket();
    put(
        bucket,
        WebsiteConfiguration.builder()
            .redirectAllRequestsTo(d -> d.hostName("example.com").protocol("https"))
            .build());
    assertThat(
            SERVER
                .client()
                .getBucketWebsite(r -> r.bucket(bucket))
                .redirectAllRequestsTo()
                .hostName())
        .isEqualTo("example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/index.html"})
  void anIndexDocumentThatIsNoNameIsRefused(String suffix) {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_ARGUMENT,
        () ->
            put(
                bucket,
                WebsiteConfiguration.builder().indexDocument(d -> d.suffix(suffix)).build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"300", "200", "4", "redirect"})
  void aCodeThatIsNoRedirectionIsRefused(String code) {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST,
        () ->
            put(
                bucket,
                WebsiteConfiguration.builder()
                    .indexDocument(d -> d.suffix("index.html"))
                    .routingRules(
                        RoutingRule.builder().redirect(d -> d.httpRedirectCode(code)).build())
                    .build()));
  }

  private static void put(String bucket, WebsiteConfiguration website) {
    SERVER.client().putBucketWebsite(r -> r.bucket(bucket).websiteConfiguration(website));
  }
}
