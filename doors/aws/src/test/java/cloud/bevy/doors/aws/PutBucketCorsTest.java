package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.CORSRule;

class PutBucketCorsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  private static final String ORIGIN = "https://app.example";

  @Test
  void aPreflightIsAnsweredByTheFirstRuleThatAllowsAllItAsksFor() throws IOException {
    String bucket = SERVER.bucket();
    put(
        bucket,
        rule("GET", "https://*.example").allowedHeaders("x-amz-*").build(),
        rule("PUT", "https://*.example")
            .allowedHeaders("x-amz-*", "Content-Type")
            .exposeHeaders("ETag", "x-amz-meta-a")
            .maxAgeSeconds(300)
            .build());
    String answer = preflight(bucket, "PUT", "content-type,X-Amz-Date");
    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .contains("Access-Control-Allow-Origin: " + ORIGIN + "\r\n")
        .contains("Access-Control-Allow-Methods: PUT\r\n")
        .contains("Access-Control-Allow-Headers: content-type, x-amz-date\r\n")
        .contains("Access-Control-Allow-Credentials: true\r\n")
        .contains("Access-Control-Expose-Headers: ETag, x-amz-meta-a\r\n")
        .contains("Access-Control-Max-Age: 300\r\n")
        .contains(
            "Vary: Origin, Access-Control-Request-Headers, Access-Control-Request-Method\r\n");
  }

  @Test
  void aPreflightThatNoRuleAllowsIsForbidden() throws IOException {
    String bucket = SERVER.bucket();
    put(bucket, rule("GET", ORIGIN).build());
    assertForbidden(preflight(bucket, "PUT", ""));
    assertForbidden(preflight(bucket, "GET", "x-other"));
    assertForbidden(options(bucket, "https://evil.example", "GET").sendUnsigned());
    assertForbidden(preflight(SERVER.bucket(), "GET", ""));
    assertThat(preflight(SERVER.bucket(), "PATCH", ""))
        .contains("CORS is not enabled for this bucket.", "<ResourceType>BUCKET</ResourceType>");
    assertForbidden(preflight("not-there", "GET", ""));
  }

  @Test
  void aPreflightThatDoesNotSayWhatItAsksForIsRefused() throws IOException {
    String bucket = SERVER.bucket();
    put(bucket, rule("GET", ORIGIN).build());
    String withoutOrigin =
        new RawS3(SERVER, "OPTIONS", "/" + bucket).header("Host", "localhost").sendUnsigned();
    assertThat(withoutOrigin).startsWith("HTTP/1.1 400").contains("<Code>BadRequest</Code>");
    assertThat(options(bucket, ORIGIN, "PATCH").sendUnsigned()).startsWith("HTTP/1.1 400");
  }

  @Test
  void anyOriginIsAllowedWithoutItsCredentials() throws IOException {
    String bucket = SERVER.bucket();
    put(bucket, rule("GET", "*").build());
    assertThat(preflight(bucket, "GET", ""))
        .contains("Access-Control-Allow-Origin: *\r\n")
        .doesNotContain("Access-Control-Allow-Credentials");
  }

  @Test
  void aPreflightForAPresignedUrlIsForTheBucketOfItsKey() throws IOException {
    String bucket = SERVER.bucket();
    put(bucket, rule("GET", ORIGIN).build());
    String url =
        SERVER
            .presigner()
            .presignGetObject(r ->
                r.signatureDuration(Duration.ofMinutes(1))
                    .getObjectRequest(g -> g.bucket(bucket).key("key")))
            .url()
            .getFile();
    String answer =
        new RawS3(SERVER, "OPTIONS", url)
            .header("Host", "localhost")
            .header("Origin", ORIGIN)
            .header("Access-Control-Request-Method", "GET")
            .sendUnsigned();
    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @Test
  void answersAndErrorsToAPageSayThatItMayReadThem() throws IOException {
    String bucket = SERVER.bucket();
    put(bucket, rule("GET", ORIGIN).exposeHeaders("ETag").build());
    String listing = new RawS3(SERVER, "GET", "/" + bucket).header("Origin", ORIGIN).send();
    assertThat(listing).startsWith("HTTP/1.1 200").contains(allowed());
    assertThat(listing).contains("Access-Control-Expose-Headers: ETag\r\n");
    String missing = new RawS3(SERVER, "GET", "/" + bucket + "/no").header("Origin", ORIGIN).send();
    assertThat(missing).startsWith("HTTP/1.1 404").contains(allowed());
    String unsigned =
        new RawS3(SERVER, "GET", "/" + bucket)
            .header("Host", "localhost")
            .header("Origin", ORIGIN)
            .sendUnsigned();
    assertThat(unsigned).startsWith("HTTP/1.1 403").contains(allowed());
  }

  @Test
  void aPageThatNoRuleNamesIsToldNothing() throws IOException {
    String bucket = SERVER.bucket();
    put(bucket, rule("GET", ORIGIN).build());
    String other =
        new RawS3(SERVER, "GET", "/" + bucket).header("Origin", "https://evil.example").send();
    assertThat(other).startsWith("HTTP/1.1 200").doesNotContain("Access-Control-");
    String write = new RawS3(SERVER, "PUT", "/" + bucket + "/key").header("Origin", ORIGIN).send();
    assertThat(write).startsWith("HTTP/1.1 200").doesNotContain("Access-Control-");
  }

  @Test
  void aMethodThatPagesCannotBeAllowedIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST, () -> put(bucket, rule("PATCH", ORIGIN).build()));
  }

  @Test
  void moreThanOneWildcardIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST, () -> put(bucket, rule("GET", "https://*.*").build()));
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST,
        () -> put(bucket, rule("GET", ORIGIN).allowedHeaders("*-*").build()));
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST,
        () -> put(bucket, rule("GET", ORIGIN).exposeHeaders("x-*").build()));
  }

  @Test
  void aBucketHasAtMost100Rules() {
    String bucket = SERVER.bucket();
    CORSRule[] rules =
        IntStream.range(0, 101).mapToObj(i -> rule("GET", ORIGIN).build()).toArray(CORSRule[]::new);
    put(bucket, List.of(rules).subList(0, 100).toArray(CORSRule[]::new));
    S3Refusals.assertRefused(S3Error.INVALID_REQUEST, () -> put(bucket, rules));
  }

  @Test
  void aRuleWithoutAMethodOrAnOriginIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.MALFORMED_XML, () -> put(bucket, CORSRule.builder().allowedMethods("GET").build()));
    S3Refusals.assertRefused(
        S3Error.MALFORMED_XML,
        () -> put(bucket, CORSRule.builder().allowedOrigins(ORIGIN).build()));
  }

  @Test
  void aConfigurationHasAtMostOneMebibyte() throws IOException {
    String bucket = SERVER.bucket();
    assertThat(putBytes(bucket, 1 << 20)).startsWith("HTTP/1.1 200");
    assertThat(SERVER.client().getBucketCors(r -> r.bucket(bucket)).corsRules()).hasSize(1);
    assertThat(putBytes(bucket, (1 << 20) + 1))
        .startsWith("HTTP/1.1 400")
        .contains("<Code>MaxMessageLengthExceeded</Code>");
  }

  private static String putBytes(String bucket, int length) throws IOException {
    String begin =
        "<CORSConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><CORSRule>"
            + "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>";
    String end = "</AllowedOrigin></CORSRule></CORSConfiguration>";
    String rest = " ".repeat(100);
    int longest = length - begin.length() - end.length() - rest.length();
    return new RawS3(SERVER, "PUT", "/" + bucket + "?cors")
        .body(begin + "o".repeat(longest) + end + rest)
        .send();
  }

  private static CORSRule.Builder rule(String method, String origin) {
    return CORSRule.builder().allowedMethods(method).allowedOrigins(origin);
  }

  private static void put(String bucket, CORSRule... rules) {
    SERVER.client().putBucketCors(r -> r.bucket(bucket).corsConfiguration(c -> c.corsRules(rules)));
  }

  private static RawS3 options(String bucket, String origin, String method) {
    return new RawS3(SERVER, "OPTIONS", "/" + bucket + "/key")
        .header("Host", "localhost")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", method);
  }

  private static String preflight(String bucket, String method, String headers) throws IOException {
    return options(bucket, ORIGIN, method)
        .header("Access-Control-Request-Headers", headers)
        .sendUnsigned();
  }

  private static void assertForbidden(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 403")
        .contains("<Code>AccessForbidden</Code>")
        .doesNotContain("Access-Control-Allow-Origin");
  }

  private static String allowed() {
    return "Access-Control-Allow-Origin: " + ORIGIN + "\r\n";
  }
}
