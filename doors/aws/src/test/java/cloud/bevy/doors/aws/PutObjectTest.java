package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

class PutObjectTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  /// The value is that of `123456789` in the catalogue of CRCs: `ae8b14860a799888`.
  @Test
  void anObjectThatCameWithoutAChecksumIsGivenOne() {
    String bucket = SERVER.bucket();
    String sum = "rosUhgp5mIg=";
    try (S3Client client = UncheckedClient.like(SERVER.client())) {
      PutObjectResponse put =
          client.putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("123456789"));
      assertThat(put.checksumCRC64NVME()).isEqualTo(sum);
      assertThat(put.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
    }
    HeadObjectResponse head =
        SERVER
            .client()
            .headObject(r -> r.bucket(bucket).key("key").checksumMode(ChecksumMode.ENABLED));
    assertThat(head.checksumCRC64NVME()).isEqualTo(sum);
    assertThat(
            SERVER
                .client()
                .listObjectsV2(r -> r.bucket(bucket))
                .contents()
                .getFirst()
                .checksumAlgorithm())
        .containsExactly(ChecksumAlgorithm.CRC64_NVME);
    assertThat(SERVER.client().headObject(r -> r.bucket(bucket).key("key")).checksumCRC64NVME())
        .isNull();
  }

  @Test
  void anObjectThatWasPutIsReadBack() {
    String bucket = SERVER.bucket();
    PutObjectResponse put = put(bucket, "a/b c", "hello");
    assertThat(put.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(text(bucket, "a/b c")).isEqualTo("hello");
  }

  @Test
  void anObjectMayBeEmpty() {
    String bucket = SERVER.bucket();
    put(bucket, "empty", "");
    assertThat(text(bucket, "empty")).isEmpty();
  }

  @Test
  void aLargeObjectIsReadBackByteForByte(@TempDir Path folder) throws IOException {
    String bucket = SERVER.bucket();
    byte[] bytes = new byte[(5 << 20) + 17];
    new Random(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve("large"), bytes);
    SERVER.client().putObject(r -> r.bucket(bucket).key("large"), file);
    assertThat(SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("large")).asByteArray())
        .isEqualTo(bytes);
  }

  @Test
  void anObjectThatWouldExceedTheBucketsQuotaIsRefusedAndNothingIsStored() {
    String bucket = SERVER.bucket();
    SERVER.limit(bucket, 10);
    put(bucket, "a", "123456");
    S3Refusals.assertRefused(S3Error.QUOTA_EXCEEDED, () -> put(bucket, "b", "12345"));
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> text(bucket, "b"));
    put(bucket, "b", "1234");
  }

  @Test
  void theLastOfTwoPutsIsWhatIsRead() {
    String bucket = SERVER.bucket();
    put(bucket, "key", "old");
    put(bucket, "key", "new");
    assertThat(text(bucket, "key")).isEqualTo("new");
  }

  @Test
  void puttingIntoABucketThatIsNotThereIsRefused() {
    S3Refusals.assertRefused(S3Error.NO_SUCH_BUCKET, () -> put("not-there", "key", "x"));
  }

  @Test
  void metadataBeyondAsciiComesBackInEncodedWords() throws IOException {
    String bucket = SERVER.bucket();
    String utf8 =
        new String("ÄMÄZÕÑ S3".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    new RawS3(SERVER, "PUT", "/" + bucket + "/key")
        .header("x-amz-meta-utf8", utf8)
        .header("x-amz-meta-latin", "caf\u00e9")
        .header("x-amz-meta-words", "=?UTF-8?Q?caf=C3=A9?=")
        .header("x-amz-meta-ascii", "AMAZONS3")
        .send();
    assertThat(SERVER.client().headObject(r -> r.bucket(bucket).key("key")).metadata())
        .containsOnly(
            Map.entry("utf8", "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?="),
            Map.entry("latin", "=?UTF-8?Q?caf=C3=A9?="),
            Map.entry("words", "=?UTF-8?Q?caf=C3=A9?="),
            Map.entry("ascii", "AMAZONS3"));
  }

  @Test
  void metadataAndHeadersAreKept() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r ->
                r.bucket(bucket)
                    .key("key")
                    .contentType("text/plain")
                    .cacheControl("no-cache")
                    .contentDisposition("attachment")
                    .contentLanguage("de")
                    .metadata(Map.of("colour", "green")),
            RequestBody.fromString("x"));
    HeadObjectResponse head = SERVER.client().headObject(r -> r.bucket(bucket).key("key"));
    assertThat(head.contentType()).isEqualTo("text/plain");
    assertThat(head.cacheControl()).isEqualTo("no-cache");
    assertThat(head.contentDisposition()).isEqualTo("attachment");
    assertThat(head.contentLanguage()).isEqualTo("de");
    assertThat(head.metadata()).containsEntry("colour", "green");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "//",
        "../../etc/passwd",
        "a//b",
        ".",
        "a b+c%20d",
        "ü/😀",
        "a\u0001b",
        "?&=#"
      })
  void aKeyIsTakenAsItIs(String key) {
    String bucket = SERVER.bucket();
    put(bucket, key, key);
    assertThat(text(bucket, key)).isEqualTo(key);
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket).encodingType("url")).contents())
        .singleElement()
        .satisfies(object -> assertThat(object.key()).isEqualTo(key));
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "SHA1", "SHA256"})
  void aChecksumIsVerifiedAndKept(ChecksumAlgorithm algorithm) {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").checksumAlgorithm(algorithm),
            RequestBody.fromString("hello"));
    HeadObjectResponse head =
        SERVER.client().headObject(r -> r.bucket(bucket).key("key").checksumMode("ENABLED"));
    assertThat(head.getValueForField("Checksum" + algorithm, String.class)).isPresent();
    assertThat(text(bucket, "key")).isEqualTo("hello");
  }

  @Test
  void aWrongChecksumIsRefusedAndNothingIsStored() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.BAD_DIGEST,
        () ->
            SERVER
                .client()
                .putObject(
                    r -> r.bucket(bucket).key("key").checksumCRC32("AAAAAA=="),
                    RequestBody.fromString("hello")));
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> text(bucket, "key"));
  }

  @Test
  void aWrongMd5IsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.BAD_DIGEST,
        () ->
            SERVER
                .client()
                .putObject(
                    r -> r.bucket(bucket).key("key").contentMD5("AAAAAAAAAAAAAAAAAAAAAA=="),
                    RequestBody.fromString("hello")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"deflate, gzip|deflate, gzip", "aws-chunked, gzip|gzip", "gzip, aws-chunked|gzip"})
  void theEncodingIsKeptButForHowTheBodyWasSent(String sent, String kept) {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").contentEncoding(sent), RequestBody.fromString("x"));
    assertThat(SERVER.client().headObject(r -> r.bucket(bucket).key("key")).contentEncoding())
        .isEqualTo(kept);
  }

  @Test
  void anObjectIsOverwrittenUnlessItIsTheOneThatIsNotMeant() {
    String bucket = SERVER.bucket();
    String etag = put(bucket, "key", "first").eTag();
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () ->
            SERVER
                .client()
                .putObject(
                    r -> r.bucket(bucket).key("key").ifNoneMatch(etag),
                    RequestBody.fromString("second")));
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").ifNoneMatch("\"other\""),
            RequestBody.fromString("second"));
    assertThat(text(bucket, "key")).isEqualTo("second");
  }

  @Test
  void anObjectThatMustNotBeThereIsNotOverwritten() {
    String bucket = SERVER.bucket();
    put(bucket, "key", "first");
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () ->
            SERVER
                .client()
                .putObject(
                    r -> r.bucket(bucket).key("key").ifNoneMatch("*"),
                    RequestBody.fromString("second")));
    assertThat(text(bucket, "key")).isEqualTo("first");
  }

  @Test
  void anObjectIsOverwrittenOnlyIfItIsTheOneExpected() {
    String bucket = SERVER.bucket();
    String etag = put(bucket, "key", "first").eTag();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").ifMatch(etag), RequestBody.fromString("second"));
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () ->
            SERVER
                .client()
                .putObject(
                    r -> r.bucket(bucket).key("key").ifMatch(etag),
                    RequestBody.fromString("third")));
    assertThat(text(bucket, "key")).isEqualTo("second");
  }

  @Test
  void ofManyThatPutIfAbsentAtOnceOneSucceeds() {
    String bucket = SERVER.bucket();
    List<CompletableFuture<Boolean>> tries =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> putIfAbsent(bucket)))
            .toList();
    assertThat(tries.stream().map(CompletableFuture::join).filter(won -> won)).hasSize(1);
  }

  @Test
  void anObjectMayComeInChunksOfHttpWithoutALength() throws IOException {
    String bucket = SERVER.bucket();
    RawS3 put =
        new RawS3(SERVER, "PUT", "/" + bucket + "/key")
            .header("Transfer-Encoding", "chunked")
            .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
            .body("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
    assertThat(put.send()).startsWith("HTTP/1.1 200");
    assertThat(text(bucket, "key")).isEqualTo("hello world");
  }

  @Test
  void anObjectMayBeEncryptedByTheCloud() throws IOException {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").serverSideEncryption(ServerSideEncryption.AES256),
            RequestBody.fromString("a secret text"));
    assertThat(text(bucket, "key")).isEqualTo("a secret text");
    assertThat(SERVER.client().headObject(r -> r.bucket(bucket).key("key")).serverSideEncryption())
        .isEqualTo(ServerSideEncryption.AES256);
    try (Lease lease = SERVER.clouds().open("home").orElseThrow()) {
      Bucket stored =
          Buckets.in(lease.cloud()).find(BucketName.of(bucket).orElseThrow()).orElseThrow();
      byte[] onDisk = stored.drive().get("/key").orElseThrow();
      assertThat(onDisk).hasSize("a secret text".length());
      assertThat(new String(onDisk, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }
  }

  @Test
  void anObjectMayBeEncryptedUnderAKeyWithAName() {
    String bucket = SERVER.bucket();
    PutObjectResponse answer =
        SERVER
            .client()
            .putObject(
                r ->
                    r.bucket(bucket)
                        .key("key")
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId("alias/photos")
                        .bucketKeyEnabled(true),
                RequestBody.fromString("a secret text"));
    assertThat(answer.ssekmsKeyId()).isEqualTo("alias/photos");
    var head = SERVER.client().headObject(r -> r.bucket(bucket).key("key"));
    assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
    assertThat(head.ssekmsKeyId()).isEqualTo("alias/photos");
    assertThat(text(bucket, "key")).isEqualTo("a secret text");
  }

  @Test
  void aKeysNameWithoutItsAlgorithmIsRefused() {
    String bucket = SERVER.bucket();
    for (var algorithm : List.of(ServerSideEncryption.AES256, ServerSideEncryption.AWS_KMS_DSSE)) {
      S3Refusals.assertRefused(
          S3Error.INVALID_ARGUMENT,
          () ->
              SERVER
                  .client()
                  .putObject(
                      r ->
                          r.bucket(bucket)
                              .key("key")
                              .serverSideEncryption(algorithm)
                              .ssekmsKeyId("a"),
                      RequestBody.fromString("x")));
    }
  }

  @Test
  void anObjectMayBeEncryptedWithAKeyOfTheCallers() {
    String bucket = SERVER.bucket();
    CallersKey key = CallersKey.of(1);
    PutObjectResponse answer =
        SERVER
            .client()
            .putObject(
                r ->
                    r.bucket(bucket)
                        .key("key")
                        .sseCustomerAlgorithm(CallersKey.ALGORITHM)
                        .sseCustomerKey(key.text())
                        .sseCustomerKeyMD5(key.md5()),
                RequestBody.fromString("a secret text"));
    assertThat(answer.sseCustomerKeyMD5()).isEqualTo(key.md5());
    S3Refusals.assertRefused(S3Error.INVALID_REQUEST, () -> text(bucket, "key"));
  }

  @Test
  void aKeyThatIsNotWhatItsMd5SaysIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_ARGUMENT,
        () ->
            SERVER
                .client()
                .putObject(
                    r ->
                        r.bucket(bucket)
                            .key("key")
                            .sseCustomerAlgorithm(CallersKey.ALGORITHM)
                            .sseCustomerKey(CallersKey.of(1).text())
                            .sseCustomerKeyMD5(CallersKey.of(2).md5()),
                    RequestBody.fromString("x")));
  }

  private static boolean putIfAbsent(String bucket) {
    try {
      SERVER
          .client()
          .putObject(
              r -> r.bucket(bucket).key("key").ifNoneMatch("*"), RequestBody.fromString("x"));
      return true;
    } catch (software.amazon.awssdk.services.s3.model.S3Exception refused) {
      return false;
    }
  }

  private static PutObjectResponse put(String bucket, String key, String text) {
    return SERVER.client().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  private static String text(String bucket, String key) {
    return SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
  }

  @Test
  void whereAWebSiteSendsVisitorsIsKept() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("moved").websiteRedirectLocation("https://example.com/ä"),
            RequestBody.fromString("text"));
    assertThat(
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket(bucket).key("moved"))
                .response()
                .websiteRedirectLocation())
        .startsWith("https://example.com/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "ftp://example.com/", "javascript:alert(1)"})
  void aRedirectionThatLeadsNowhereIsRefused(String location) {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_REDIRECT_LOCATION,
        () ->
            SERVER
                .client()
                .putObject(
                    r -> r.bucket(bucket).key("moved").websiteRedirectLocation(location),
                    RequestBody.fromString("text")));
  }
}
