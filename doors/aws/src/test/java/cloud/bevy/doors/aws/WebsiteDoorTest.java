package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.Condition;
import software.amazon.awssdk.services.s3.model.Redirect;
import software.amazon.awssdk.services.s3.model.RoutingRule;
import software.amazon.awssdk.services.s3.model.WebsiteConfiguration;

/// What visitors of a bucket's web site see.
class WebsiteDoorTest {
  @RegisterExtension
  @Order(1)
  static final S3TestServer SERVER = new S3TestServer();

  @RegisterExtension
  @Order(2)
  static final WebsiteTestServer SITES = new WebsiteTestServer(SERVER);

  private String bucket = "";

  @BeforeEach
  void make() {
    bucket = SERVER.bucket();
    SERVER.client().deletePublicAccessBlock(r -> r.bucket(bucket));
    allow("s3:GetObject", "/*");
    put("index.html", "home page");
    put("docs/index.html", "docs page");
    put("plain.txt", "0123456789");
    site(c -> c.indexDocument(d -> d.suffix("index.html")));
  }

  private void allow(String action, String resource) {
    String policy = Policies.of("Allow", action, bucket + resource, "");
    SERVER.client().putBucketPolicy(r -> r.bucket(bucket).policy(policy));
  }

  private void put(String key, String text) {
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key(key).contentType("text/html"), RequestBody.fromString(text));
  }

  private void site(Consumer<WebsiteConfiguration.Builder> site) {
    SERVER.client().putBucketWebsite(r -> r.bucket(bucket).websiteConfiguration(site));
  }

  private String visit(String path) throws IOException {
    return send("GET", path, "");
  }

  private String send(String method, String path, String headers) throws IOException {
    String host = bucket + ".s3-website.localhost:4566";
    return RawHttp.send(SITES.address(), method + " " + path, host, headers);
  }

  @Test
  void aFolderShowsItsIndexPage() throws IOException {
    assertThat(visit("/")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nhome page");
    assertThat(visit("/docs/")).contains("text/html").endsWith("docs page");
    assertThat(visit("/plain.txt")).endsWith("0123456789");
  }

  @Test
  void aFolderWithoutItsSlashIsRedirectedWhereItHasAnIndexPage() throws IOException {
    assertThat(visit("/docs")).startsWith("HTTP/1.1 302").containsIgnoringCase("location: /docs/");
    assertThat(visit("/none")).startsWith("HTTP/1.1 403");
  }

  @Test
  void theHostMayNameTheRegion() throws IOException {
    for (String form : new String[] {"-us-east-1", ".eu-central-1"}) {
      String host = bucket + ".s3-website" + form + ".localhost";
      assertThat(RawHttp.send(SITES.address(), "GET /", host, "")).endsWith("home page");
    }
  }

  @Test
  void whatIsMissingIsToldOnAPageOnlyToWhoMayList() throws IOException {
    assertThat(visit("/none"))
        .startsWith("HTTP/1.1 403")
        .contains("<li>Code: AccessDenied</li>")
        .contains("x-amz-error-code: AccessDenied");
    allow("s3:*", "*");
    assertThat(visit("/no%3Cne%3E"))
        .startsWith("HTTP/1.1 404")
        .contains("<title>404 Not Found</title>")
        .contains("<li>Code: NoSuchKey</li>")
        .contains("<li>Key: no&lt;ne&gt;</li>");
  }

  @Test
  void whatIsNotPublicIsNotShown() throws IOException {
    SERVER.client().deleteBucketPolicy(r -> r.bucket(bucket));
    assertThat(visit("/")).startsWith("HTTP/1.1 403").doesNotContain("home page");
  }

  @Test
  void theErrorPageIsShownWithTheStatusOfTheError() throws IOException {
    allow("s3:*", "*");
    site(c -> c.indexDocument(d -> d.suffix("index.html")).errorDocument(d -> d.key("oh.html")));
    assertThat(visit("/none"))
        .startsWith("HTTP/1.1 404")
        .contains("An Error Occurred While Attempting to Retrieve a Custom Error Document");
    put("oh.html", "oh no");
    assertThat(visit("/none"))
        .startsWith("HTTP/1.1 404")
        .contains("x-amz-error-code: NoSuchKey")
        .endsWith("oh no");
  }

  @Test
  void anErrorPageMaySendElsewhere() throws IOException {
    site(c -> c.indexDocument(d -> d.suffix("index.html")).errorDocument(d -> d.key("oh.html")));
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("oh.html").websiteRedirectLocation("/sorry"),
            RequestBody.empty());
    allow("s3:*", "*");
    assertThat(visit("/none"))
        .startsWith("HTTP/1.1 301")
        .containsIgnoringCase("location: /sorry\r\n");
  }

  @Test
  void everyRequestIsSentElsewhereWhereTheSiteSaysSo() throws IOException {
    site(c -> c.redirectAllRequestsTo(d -> d.hostName("example.com").protocol("https")));
    assertThat(visit("/a%20b/c?d=e"))
        .startsWith("HTTP/1.1 301")
        .containsIgnoringCase("location: https://example.com/a%20b/c?d=e\r\n");
  }

  @Test
  void rulesSendKeysElsewhere() throws IOException {
    rules(
        rule(
            c -> c.keyPrefixEquals("old/"),
            r -> r.replaceKeyPrefixWith("docs/").httpRedirectCode("302")),
        rule(c -> c.keyPrefixEquals("gone"), r -> r.replaceKeyWith("plain.txt")),
        rule(c -> c.keyPrefixEquals("away/"), r -> r.hostName("example.com").protocol("https")));
    assertThat(visit("/old/a%20b"))
        .startsWith("HTTP/1.1 302")
        .containsIgnoringCase("location: /docs/a%20b\r\n");
    assertThat(visit("/gone/x"))
        .startsWith("HTTP/1.1 301")
        .containsIgnoringCase("location: /plain.txt\r\n");
    assertThat(visit("/away/x")).containsIgnoringCase("location: https://example.com/away/x\r\n");
  }

  @Test
  void rulesSendErrorsElsewhere() throws IOException {
    allow("s3:*", "*");
    rules(
        rule(
            c -> c.httpErrorCodeReturnedEquals("404").keyPrefixEquals("app/"),
            r -> r.replaceKeyPrefixWith("#!/\r\nX-Evil: 1 ")));
    put("app/here", "here");
    assertThat(visit("/app/here")).endsWith("here");
    assertThat(visit("/app/there"))
        .startsWith("HTTP/1.1 301")
        .doesNotContain("\nX-Evil")
        .containsIgnoringCase("location: /#!/");
    assertThat(visit("/else")).startsWith("HTTP/1.1 404");
  }

  private void rules(RoutingRule... rules) {
    site(c -> c.indexDocument(d -> d.suffix("index.html")).routingRules(rules));
  }

  private static RoutingRule rule(
      Consumer<Condition.Builder> condition, Consumer<Redirect.Builder> redirect) {
    return RoutingRule.builder().condition(condition).redirect(redirect).build();
  }

  @Test
  void anObjectMaySendElsewhereItself() throws IOException {
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("moved").websiteRedirectLocation("/plain.txt"),
            RequestBody.fromString("text"));
    assertThat(visit("/moved"))
        .startsWith("HTTP/1.1 301")
        .containsIgnoringCase("location: /plain.txt\r\n");
    assertThat(
            SERVER
                .client()
                .headObject(r -> r.bucket(bucket).key("moved"))
                .websiteRedirectLocation())
        .isEqualTo("/plain.txt");
  }

  @Test
  void rangesAndConditionsHoldAsForObjects() throws IOException {
    assertThat(send("GET", "/plain.txt", "Range: bytes=2-4\r\n"))
        .startsWith("HTTP/1.1 206")
        .endsWith("\r\n\r\n234");
    assertThat(send("GET", "/plain.txt", "If-None-Match: *\r\n")).startsWith("HTTP/1.1 304");
    assertThat(send("GET", "/plain.txt", "Range: bytes=99-\r\n"))
        .startsWith("HTTP/1.1 416")
        .contains("<li>Code: InvalidRange</li>");
  }

  @Test
  void aHeadHasNoBody() throws IOException {
    assertThat(send("HEAD", "/plain.txt", ""))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-length: 10")
        .endsWith("\r\n\r\n");
    assertThat(send("HEAD", "/none", "")).startsWith("HTTP/1.1 403").endsWith("\r\n\r\n");
  }

  @Test
  void otherMethodsAreRefused() throws IOException {
    for (String method : new String[] {"PUT", "POST", "DELETE", "PATCH"}) {
      assertThat(send(method, "/plain.txt", "Content-Length: 0\r\n"))
          .startsWith("HTTP/1.1 405")
          .contains("<li>Code: MethodNotAllowed</li>");
    }
  }

  @Test
  void aBucketThatIsNoSiteOrNotThereIsToldOfOnAPage() throws IOException {
    SERVER.client().deleteBucketWebsite(r -> r.bucket(bucket));
    assertThat(visit("/"))
        .startsWith("HTTP/1.1 404")
        .contains("<li>Code: NoSuchWebsiteConfiguration</li>");
    bucket = "no-such-bucket";
    assertThat(visit("/")).startsWith("HTTP/1.1 404").contains("<li>Code: NoSuchBucket</li>");
  }

  @Test
  void aSiteIsNotShownAsItWas() throws IOException {
    bucket = bucket + "--at--0s";
    assertThat(visit("/")).startsWith("HTTP/1.1 403");
  }

  @Test
  void pathsThatAreNoTextAreRefused() throws IOException {
    assertThat(visit("/%ff")).startsWith("HTTP/1.1 400").contains("InvalidURI");
    assertThat(visit("/../../etc/passwd")).startsWith("HTTP/1.1 403");
  }

  @Test
  void pagesFromElsewhereMayReadWhatTheBucketLetsThem() throws IOException {
    SERVER
        .client()
        .putBucketCors(r ->
            r.bucket(bucket)
                .corsConfiguration(c ->
                    c.corsRules(
                        CORSRule.builder()
                            .allowedOrigins("https://example.com")
                            .allowedMethods("GET")
                            .build())));
    assertThat(send("GET", "/plain.txt", "Origin: https://example.com\r\n"))
        .containsIgnoringCase("access-control-allow-origin: https://example.com\r\n");
    assertThat(send("GET", "/plain.txt", "Origin: https://evil.example\r\n"))
        .doesNotContainIgnoringCase("access-control-allow-origin");
  }

  @Test
  void textOfTheSiteIsShownButNeverAsMarkupOrHeaders() throws IOException {
    allow("s3:*", "*");
    assertThat(visit("/%3Cscript%3Ealert(1)%3C/script%3E%0D%0AX-Evil:%201"))
        .startsWith("HTTP/1.1 404")
        .doesNotContain("<script>")
        .satisfies(answer ->
            assertThat(answer.substring(0, answer.indexOf("\r\n\r\n")))
                .doesNotContainIgnoringCase("x-evil"));
  }
}
