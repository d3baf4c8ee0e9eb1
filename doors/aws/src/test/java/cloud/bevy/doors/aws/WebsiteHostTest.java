package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.Lease;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;

/// Web sites at hosts of their own, which are called as their buckets are.
class WebsiteHostTest {
  @RegisterExtension
  @Order(1)
  static final S3TestServer SERVER = new S3TestServer();

  @RegisterExtension
  @Order(2)
  static final WebsiteTestServer SITES = new WebsiteTestServer(SERVER);

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String host = "www" + NAMES.incrementAndGet() + ".example.test";

  @Test
  void aBucketThatIsCalledAsTheHostIsShownThere() throws IOException {
    make(SERVER.client(), host, "home page");
    for (String form : new String[] {"", ":4566", ".", ".:80"}) {
      assertThat(visit(host + form, "")).startsWith("HTTP/1.1 200").endsWith("home page");
    }
    assertThat(visit(host.toUpperCase(Locale.ROOT), "")).endsWith("home page");
    assertThat(visit(host + ".s3-website.localhost", "")).endsWith("home page");
  }

  @Test
  void aHostLeadsToASiteAsLongAsThereIsOne() throws IOException {
    S3Client client = SERVER.client();
    client.createBucket(r -> r.bucket(host));
    assertThat(shows(host)).as("no site yet").isFalse();
    site(client, host);
    site(client, host);
    assertThat(shows(host)).isTrue();
    client.deleteBucketWebsite(r -> r.bucket(host));
    assertThat(shows(host)).as("no site any more").isFalse();
    site(client, host);
    client.deleteBucket(r -> r.bucket(host));
    assertThat(shows(host)).as("no bucket any more").isFalse();
    assertThat(visit(host, "")).startsWith("HTTP/1.1 404").contains("<li>Code: NoSuchBucket</li>");
  }

  @Test
  void aBucketThatIsCalledAsNoHostLeadsNowhere() {
    String bucket = SERVER.bucket();
    site(SERVER.client(), bucket);
    assertThat(shows(bucket)).isFalse();
    String ours = host + ".s3-website.x";
    SERVER.client().createBucket(r -> r.bucket(ours));
    site(SERVER.client(), ours);
    assertThat(shows(ours)).isFalse();
    assertThat(shows("a".repeat(10_000) + ".b")).isFalse();
  }

  @Test
  void aHostLeadsToTheCloudThatHadTheSiteFirst() throws IOException {
    try (S3Client team = team()) {
      make(team, host, "the team's");
      make(SERVER.client(), host, "mine");
      assertThat(visit(host, "")).endsWith("the team's");
      assertThat(visit(host + ".s3-website.localhost", "")).endsWith("mine");
      team.deleteBucketWebsite(r -> r.bucket(host));
      assertThat(shows(host)).isFalse();
      site(SERVER.client(), host);
      assertThat(visit(host, "")).endsWith("mine");
    }
  }

  @Test
  void pagesFromElsewhereMayReadWhatTheSitesBucketLetsThem() throws IOException {
    CORSRule rule =
        CORSRule.builder().allowedOrigins("https://a.example").allowedMethods("GET").build();
    try (S3Client team = team()) {
      make(team, host, "page");
      team.putBucketCors(r -> r.bucket(host).corsConfiguration(c -> c.corsRules(rule)));
      assertThat(visit(host, "Origin: https://a.example\r\n"))
          .containsIgnoringCase("access-control-allow-origin: https://a.example\r\n");
    }
  }

  private static boolean shows(String name) {
    return SITES.door().shows(name);
  }

  private static String visit(String name, String headers) throws IOException {
    return RawHttp.send(SITES.address(), "GET /", name, headers);
  }

  private static void make(S3Client client, String bucket, String page) {
    client.createBucket(r -> r.bucket(bucket));
    client.deletePublicAccessBlock(r -> r.bucket(bucket));
    String policy = Policies.of("Allow", "s3:GetObject", bucket + "/*", "");
    client.putBucketPolicy(r -> r.bucket(bucket).policy(policy));
    client.putObject(r -> r.bucket(bucket).key("index.html"), RequestBody.fromString(page));
    site(client, bucket);
  }

  private static void site(S3Client client, String bucket) {
    client.putBucketWebsite(r ->
        r.bucket(bucket).websiteConfiguration(c -> c.indexDocument(d -> d.suffix("index.html"))));
  }

  /// A client of another cloud.
  private static S3Client team() {
    var _ = SERVER.clouds().create("team");
    try (Lease lease = SERVER.clouds().open("team").orElseThrow()) {
      AccessKey key = lease.cloud().createAccessKey("test");
      return SERVER.clientOf(key.id(), key.secret());
    }
  }
}
