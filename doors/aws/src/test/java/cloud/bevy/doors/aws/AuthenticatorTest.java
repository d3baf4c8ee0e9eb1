package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.doors.aws.Authenticator.Verdict;
import cloud.bevy.foundation.base.Time;
import cloud.bevy.foundation.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The examples of the Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version
/// 4)", and what must not pass.
class AuthenticatorTest {
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
  private static final String PRESIGNED =
      "X-Amz-Algorithm=AWS4-HMAC-SHA256"
          + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
          + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
          + "&X-Amz-Signature="
          + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

  @Test
  void theExampleOfGettingAnObjectVerifies() {
    Headers headers = headers(SignatureV4.EMPTY_HASH).add("Range", "bytes=0-9");
    sign(
        headers,
        "host;range;x-amz-content-sha256;x-amz-date",
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    assertAccepted(request("GET", "/test.txt", "", headers));
  }

  @Test
  void theExampleOfPuttingAnObjectVerifies() {
    Headers headers =
        headers("44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072")
            .add("Date", "Fri, 24 May 2013 00:00:00 GMT")
            .add("x-amz-storage-class", "REDUCED_REDUNDANCY");
    sign(
        headers,
        "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    assertAccepted(request("PUT", "/test$file.text", "", headers));
    assertAccepted(request("PUT", "/test%24file.text", "", headers));
  }

  @Test
  void theExampleOfAParameterWithoutValueVerifies() {
    Headers headers = headers(SignatureV4.EMPTY_HASH);
    sign(
        headers,
        "host;x-amz-content-sha256;x-amz-date",
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    assertAccepted(request("GET", "/", "lifecycle", headers));
  }

  @Test
  void theExampleOfListingObjectsVerifies() {
    Headers headers = headers(SignatureV4.EMPTY_HASH);
    sign(
        headers,
        "host;x-amz-content-sha256;x-amz-date",
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    assertAccepted(request("GET", "/", "prefix=J&max-keys=2", headers));
  }

  @Test
  void theExampleOfAPresignedUrlVerifies() {
    Headers headers = new Headers().add("Host", "examplebucket.s3.amazonaws.com");
    SignedRequest request = request("GET", "/test.txt", PRESIGNED, headers);
    assertThat(verdict(request, THEN, "UNSIGNED-PAYLOAD")).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void aPresignedUrlIsGoodUntilItsLastSecondAndNotLonger() {
    Headers headers = new Headers().add("Host", "examplebucket.s3.amazonaws.com");
    SignedRequest request = request("GET", "/test.txt", PRESIGNED, headers);
    Instant last = THEN.plusSeconds(86400);
    assertThat(check(request, last)).isEmpty();
    assertThat(check(request, last.plusSeconds(1))).contains(Refusal.Kind.EXPIRED);
    assertThat(check(request, THEN.minusSeconds(901))).contains(Refusal.Kind.NOT_YET_VALID);
  }

  @Test
  void aPresignedUrlMayLastAWeekAndNotLonger() {
    String week = PRESIGNED.replace("Expires=86400", "Expires=604800");
    String longer = PRESIGNED.replace("Expires=86400", "Expires=604801");
    assertThat(check(request("GET", "/", week, host()), THEN)).isEmpty();
    assertThat(check(request("GET", "/", longer, host()), THEN))
        .contains(Refusal.Kind.MALFORMED_QUERY);
  }

  @Test
  void clocksMayDifferByAQuarterOfAnHourAndNotMore() {
    SignedRequest request = signed();
    Duration most = Duration.ofMinutes(15);
    assertThat(check(request, THEN.plus(most))).isEmpty();
    assertThat(check(request, THEN.minus(most))).isEmpty();
    assertThat(check(request, THEN.plus(most).plusSeconds(1))).contains(Refusal.Kind.SKEWED);
    assertThat(check(request, THEN.minus(most).minusSeconds(1))).contains(Refusal.Kind.SKEWED);
  }

  @Test
  void anotherMethodPathQueryHostOrBodyBreaksTheSignature() {
    Headers headers = signed().headers();
    assertMismatch(request("DELETE", "/", "lifecycle", headers));
    assertMismatch(request("GET", "/other", "lifecycle", headers));
    assertMismatch(request("GET", "/", "lifecycle&x=y", headers));
    assertThat(kind(verdict(signed(), THEN, "UNSIGNED-PAYLOAD"))).isEqualTo(Refusal.Kind.MISMATCH);
    headers.set("Host", "otherbucket.s3.amazonaws.com");
    assertMismatch(request("GET", "/", "lifecycle", headers));
  }

  @Test
  void anotherServiceIsRefused() {
    Authenticator tables = new Authenticator(clock(THEN), "dynamodb");
    assertThat(tables.check(signed(), claim(signed())).map(Refusal::kind))
        .contains(Refusal.Kind.WRONG_SERVICE);
  }

  @Test
  void anAmazonHeaderThatIsNotSignedIsRefused() {
    SignedRequest request = signed();
    request.headers().add("x-amz-acl", "public-read");
    assertThat(check(request, THEN)).contains(Refusal.Kind.UNSIGNED_HEADER);
  }

  @Test
  void aSignatureWithoutTheHostIsRefused() {
    Headers headers = headers(SignatureV4.EMPTY_HASH);
    sign(headers, "x-amz-content-sha256;x-amz-date", "00");
    assertThat(check(request("GET", "/", "", headers), THEN))
        .contains(Refusal.Kind.UNSIGNED_HEADER);
  }

  @Test
  void signedHeadersOutOfOrderOrTwiceOrInUpperCaseAreRefused() {
    for (String names :
        new String[] {
          "x-amz-date;host;x-amz-content-sha256",
          "host;host;x-amz-content-sha256;x-amz-date",
          "Host;x-amz-content-sha256;x-amz-date",
          ";host;x-amz-content-sha256;x-amz-date"
        }) {
      Headers headers = headers(SignatureV4.EMPTY_HASH);
      sign(headers, names, "00");
      assertThat(check(request("GET", "/", "", headers), THEN))
          .as(names)
          .contains(Refusal.Kind.MALFORMED_HEADER);
    }
  }

  @Test
  void aDayOtherThanTheDatesIsRefused() {
    Headers headers = headers(SignatureV4.EMPTY_HASH).set("x-amz-date", "20130523T235959Z");
    sign(headers, "host;x-amz-content-sha256;x-amz-date", "00");
    assertThat(check(request("GET", "/", "", headers), THEN))
        .contains(Refusal.Kind.MALFORMED_HEADER);
  }

  @Test
  void aSessionTokenThatNobodyGaveOutIsRefused() {
    SignedRequest request = signed();
    request.headers().add("X-Amz-Security-Token", "forged");
    assertThat(check(request, THEN)).contains(Refusal.Kind.FOREIGN_TOKEN);
  }

  private static SignedRequest signed() {
    Headers headers = headers(SignatureV4.EMPTY_HASH);
    sign(
        headers,
        "host;x-amz-content-sha256;x-amz-date",
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    return request("GET", "/", "lifecycle", headers);
  }

  private static Headers host() {
    return new Headers().add("Host", "examplebucket.s3.amazonaws.com");
  }

  private static Headers headers(String payloadHash) {
    return host().add("x-amz-content-sha256", payloadHash).add("x-amz-date", "20130524T000000Z");
  }

  private static void sign(Headers headers, String signedHeaders, String signature) {
    String credential = KEY + "/20130524/us-east-1/s3/aws4_request";
    headers.add(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s"
            .formatted(credential, signedHeaders, signature));
  }

  private static SignedRequest request(String method, String path, String query, Headers headers) {
    return new SignedRequest(method, path, QueryString.read(query).orElseThrow(), headers);
  }

  private static SignatureClaim claim(SignedRequest request) {
    return ((SignatureClaim.Reading.Claimed) SignatureClaim.read(request)).claim();
  }

  private static Optional<Refusal.Kind> check(SignedRequest request, Instant now) {
    return switch (SignatureClaim.read(request)) {
      case SignatureClaim.Reading.Claimed(SignatureClaim claim) ->
          new Authenticator(clock(now), "s3").check(request, claim).map(Refusal::kind);
      case SignatureClaim.Reading.Unreadable(Refusal refusal) -> Optional.of(refusal.kind());
      case SignatureClaim.Reading.Unsigned() -> throw new AssertionError("not signed");
    };
  }

  private static Verdict verdict(SignedRequest request, Instant now, String payloadHash) {
    return new Authenticator(clock(now), "s3").verify(request, claim(request), SECRET, payloadHash);
  }

  private static void assertAccepted(SignedRequest request) {
    String payloadHash = request.headers().first("x-amz-content-sha256").orElseThrow();
    assertThat(check(request, THEN)).isEmpty();
    assertThat(verdict(request, THEN, payloadHash)).isInstanceOf(Verdict.Accepted.class);
  }

  private static void assertMismatch(SignedRequest request) {
    assertThat(kind(verdict(request, THEN, SignatureV4.EMPTY_HASH)))
        .isEqualTo(Refusal.Kind.MISMATCH);
  }

  private static Refusal.Kind kind(Verdict verdict) {
    return ((Verdict.Refused) verdict).refusal().kind();
  }

  private static Time clock(Instant now) {
    return new Time() {
      @Override
      public Instant now() {
        return now;
      }

      @Override
      public long nanos() {
        return 0;
      }
    };
  }
}
