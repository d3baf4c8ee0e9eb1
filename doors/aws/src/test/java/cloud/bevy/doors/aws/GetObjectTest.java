package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class GetObjectTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  private String bucket = "";

  @BeforeEach
  void put() {
    bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("digits").contentType("text/plain"),
            RequestBody.fromString("0123456789"));
  }

  @Test
  void aDateThatIsYetToComeIsNoCondition() {
    Instant future = Instant.now().plus(Duration.ofDays(1));
    assertThat(
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket(bucket).key("digits").ifModifiedSince(future))
                .asUtf8String())
        .isEqualTo("0123456789");
  }

  @Test
  void aRangeOfAllBytesHasTheChecksumOfAll() {
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("sum").checksumAlgorithm("SHA256"),
            RequestBody.fromString("0123"));
    assertThat(sumOfRange("bytes=0-9")).isNotNull();
    assertThat(sumOfRange("bytes=0-2")).isNull();
  }

  private @Nullable String sumOfRange(String range) {
    return SERVER
        .client()
        .getObjectAsBytes(r -> r.bucket(bucket).key("sum").range(range).checksumMode("ENABLED"))
        .response()
        .checksumSHA256();
  }

  @Test
  void whoDoesNotSignMayNotAskForOtherHeaders() {
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("open").acl("public-read"), RequestBody.fromString("x"));
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST,
        () ->
            SERVER
                .anonymous()
                .getObjectAsBytes(
                    r -> r.bucket(bucket).key("open").responseContentType("text/html")));
  }

  @Test
  void anObjectThatIsNotThereIsRefused() {
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_KEY,
        () -> SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("nothing")));
  }

  @Test
  void aRangeIsSentAlone() {
    assertRange("bytes=2-4", "234", "bytes 2-4/10");
    assertRange("bytes=7-", "789", "bytes 7-9/10");
    assertRange("bytes=-2", "89", "bytes 8-9/10");
    assertRange("bytes=8-99", "89", "bytes 8-9/10");
  }

  @Test
  void aRangeBehindTheEndIsRefused() {
    S3Refusals.assertRefused(
        S3Error.INVALID_RANGE,
        () ->
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket(bucket).key("digits").range("bytes=10-")));
  }

  @Test
  void whatTheCallerHasIsNotSentAgain() {
    String etag = SERVER.client().headObject(r -> r.bucket(bucket).key("digits")).eTag();
    assertThatThrownBy(() ->
            SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("digits").ifNoneMatch(etag)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
  }

  @Test
  void anObjectThatIsNotTheOneExpectedIsRefused() {
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () ->
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket(bucket).key("digits").ifMatch("\"other\"")));
  }

  @Test
  void aPresignedUrlNeedsNoFurtherSignatureAndMayOverrideHeaders() throws Exception {
    try (S3Presigner presigner = SERVER.presigner()) {
      URI url =
          presigner
              .presignGetObject(p ->
                  p.signatureDuration(Duration.ofMinutes(5))
                      .getObjectRequest(
                          g -> g.bucket(bucket).key("digits").responseContentType("text/csv")))
              .url()
              .toURI();
      HttpURLConnection answer = get(url.toURL());
      assertThat(answer.getResponseCode()).isEqualTo(200);
      assertThat(answer.getContentType()).isEqualTo("text/csv");
      assertThat(answer.getInputStream()).hasContent("0123456789");
      HttpURLConnection forged = get(URI.create(url.toString().replace("csv", "css")).toURL());
      assertThat(forged.getResponseCode()).isEqualTo(403);
      assertThat(new String(forged.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("<Code>SignatureDoesNotMatch</Code>");
    }
  }

  @Test
  void anObjectThatIsBeingReadStaysWholeWhileItIsOverwrittenAndDeleted() throws IOException {
    byte[] bytes = new byte[8 << 20];
    new Random(7).nextBytes(bytes);
    SERVER.client().putObject(r -> r.bucket(bucket).key("big"), RequestBody.fromBytes(bytes));
    try (ResponseInputStream<GetObjectResponse> reading =
        SERVER.client().getObject(r -> r.bucket(bucket).key("big"))) {
      byte[] begin = reading.readNBytes(1000);
      SERVER.client().putObject(r -> r.bucket(bucket).key("big"), RequestBody.fromString("new"));
      SERVER.client().deleteObject(r -> r.bucket(bucket).key("big"));
      byte[] rest = reading.readAllBytes();
      assertThat(begin.length + rest.length).isEqualTo(bytes.length);
      assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(bytes, 1000, bytes.length));
    }
  }

  private void assertRange(String range, String text, String contentRange) {
    ResponseBytes<GetObjectResponse> answer =
        SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("digits").range(range));
    assertThat(answer.asUtf8String()).isEqualTo(text);
    assertThat(answer.response().contentRange()).isEqualTo(contentRange);
  }

  @Test
  void aVersionIsReadByItsId() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    String first = bucket.put("key", "one");
    bucket.put("key", "two");
    assertThat(bucket.text("key", first)).isEqualTo("one");
    assertThat(bucket.text("key")).isEqualTo("two");
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_VERSION, () -> bucket.text("key", "0123456789abcdef0123456789abcdef"));
  }

  @Test
  void theMarkOfADeletionIsNoObject() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    bucket.put("key", "one");
    String mark = bucket.delete("key");
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> bucket.text("key"));
    S3Refusals.assertRefused(S3Error.METHOD_NOT_ALLOWED, () -> bucket.text("key", mark));
  }

  @Test
  void aRangeOfAnEncryptedObjectIsDecryptedWithTheRightKeyOnly() {
    String bucket = SERVER.bucket();
    CallersKey key = CallersKey.of(1);
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").overrideConfiguration(key::bring),
            RequestBody.fromString("0123456789abcdefghijklmnopqrstuvwxyz"));
    assertThat(decrypted(bucket, key, "bytes=17-20")).isEqualTo("hijk");
    assertThat(decrypted(bucket, key, "bytes=0-0")).isEqualTo("0");
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> decrypted(bucket, CallersKey.of(2), "bytes=0-0"));
  }

  @Test
  void aKeyForAnObjectThatNeedsNoneIsRefused() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST, () -> decrypted(bucket, CallersKey.of(1), "bytes=0-0"));
  }

  private static String decrypted(String bucket, CallersKey key, String range) {
    return SERVER
        .client()
        .getObjectAsBytes(
            r -> r.bucket(bucket).key("key").range(range).overrideConfiguration(key::bring))
        .asUtf8String();
  }

  private static HttpURLConnection get(URL url) throws IOException {
    return (HttpURLConnection) url.openConnection();
  }

  @Test
  void anObjectIsReadAsItWas() {
    String past = new PastNames(SERVER).now(bucket);
    SERVER
        .client()
        .putObject(r -> r.bucket(bucket).key("digits"), RequestBody.fromString("letters"));
    assertThat(
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket(past).key("digits").range("bytes=2-4"))
                .asUtf8String())
        .isEqualTo("234");
  }

  @Test
  void aNumberThatIsNoPartsIsRefused() throws IOException {
    for (String number : List.of("0", "10001", "x")) {
      String target = "/" + SERVER.bucket() + "/not-there?partNumber=" + number;
      assertThat(new RawS3(SERVER, "GET", target).send())
          .contains("400 Bad Request", "Part number must be an integer between 1 and 10000");
    }
  }

  @Test
  void whatIsNoAuthorizationOfS3sIsRefused() throws IOException {
    for (var each :
        Map.of(
                "Bearer abc", "Unsupported Authorization Type",
                "abc", "one and only one ' ' (space) required")
            .entrySet()) {
      String answer =
          new RawS3(SERVER, "GET", "/bucket/key")
              .header("Host", "localhost")
              .header("Authorization", each.getKey())
              .sendUnsigned();
      assertThat(answer)
          .contains("400 Bad Request", "InvalidArgument", each.getValue(), ">Authorization<");
    }
  }
}
