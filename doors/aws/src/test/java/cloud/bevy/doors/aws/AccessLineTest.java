package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// What the lines of access logs say.
class AccessLineTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @RegisterExtension static final WebsiteTestServer SITES = new WebsiteTestServer(SERVER);

  private static final String NOTHING = "-";

  @Test
  void everyFieldSaysWhatItIsFor() {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    put(bucket, "a key", "12345");
    String range = "bytes=1-3";
    String requestId =
        SERVER
            .client()
            .getObjectAsBytes(r -> r.bucket(bucket.name()).key("a key").range(range))
            .response()
            .responseMetadata()
            .requestId();
    List<String> line = bucket.line("REST.GET.OBJECT");
    String owner = SERVER.account("").id();
    assertThat(line).hasSize(LoggedBucket.FIELDS);
    assertThat(line.subList(0, 2)).containsExactly(owner, bucket.name());
    assertThat(line.get(2)).matches("\\[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}(:[0-9]{2}){3} \\+0000]");
    assertThat(line.subList(3, 9))
        .containsExactly(
            "127.0.0.1",
            owner,
            requestId,
            "REST.GET.OBJECT",
            "a%20key",
            "\"GET /" + bucket.name() + "/a%20key HTTP/1.1\"");
    assertThat(line.subList(9, 13)).containsExactly("206", NOTHING, "3", "5");
    assertThat(line.get(13)).matches("[0-9]+");
    assertThat(line.get(14)).matches("[0-9]+");
    assertThat(line.get(15)).isEqualTo("\"-\"");
    assertThat(line.get(16)).startsWith("\"aws-sdk-java/");
    assertThat(line.subList(17, 22))
        .containsExactly(NOTHING, NOTHING, "SigV4", NOTHING, "AuthHeader");
    assertThat(line.get(22)).isEqualTo("127.0.0.1:" + SERVER.address().getPort());
    assertThat(line.subList(23, 27)).containsOnly(NOTHING);
  }

  @Test
  void aRequestThatIsNotSignedHasNoRequester() throws IOException {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    String answer =
        RawHttp.send(SERVER.address(), "GET /" + bucket.name() + "/nothing", "localhost", "");
    assertThat(answer).contains("AccessDenied");
    List<String> line = bucket.line("REST.GET.OBJECT");
    assertThat(line.get(4)).isEqualTo(NOTHING);
    assertThat(line.subList(9, 11)).containsExactly("403", "AccessDenied");
    assertThat(line.get(19)).isEqualTo(NOTHING);
    assertThat(line.get(21)).isEqualTo(NOTHING);
  }

  @Test
  void whoIsNotLetInIsLoggedAsNobody() {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    S3Refusals.assertRefused(
        S3Error.SIGNATURE_DOES_NOT_MATCH,
        () ->
            SERVER
                .clientOf(SERVER.key().id(), "another secret")
                .getBucketAcl(r -> r.bucket(bucket.name())));
    List<String> line = bucket.line("REST.GET.ACL");
    assertThat(line.get(4)).isEqualTo(NOTHING);
    assertThat(line.subList(9, 11)).containsExactly("403", "SignatureDoesNotMatch");
  }

  @Test
  void aPresignedRequestIsLoggedWithoutItsSignature() throws IOException {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    put(bucket, "key", "text");
    try (S3Presigner presigner = SERVER.presigner()) {
      URI url =
          URI.create(
              presigner
                  .presignGetObject(r ->
                      r.signatureDuration(Duration.ofMinutes(1))
                          .getObjectRequest(g -> g.bucket(bucket.name()).key("key")))
                  .url()
                  .toString());
      String request = "GET " + url.getRawPath() + "?" + url.getRawQuery();
      assertThat(RawHttp.send(SERVER.address(), request, url.getAuthority(), "")).contains(" 200 ");
    }
    List<String> line = bucket.line("REST.GET.OBJECT");
    assertThat(line.get(8)).contains("X-Amz-Signature=REDACTED").contains("X-Amz-Date=");
    assertThat(line.get(19)).isEqualTo("SigV4");
    assertThat(line.get(21)).isEqualTo("QueryString");
  }

  @Test
  void whatCallersSendDoesNotEndAField() throws IOException {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    String headers = "User-Agent: a\" - \"b\r\nReferer: c\"\r\n";
    String path = "/" + bucket.name() + "/\"quoted\"?x-note=mine";
    RawHttp.send(SERVER.address(), "GET " + path, "localhost", headers);
    List<String> line = bucket.line("REST.GET.OBJECT");
    assertThat(line).hasSize(LoggedBucket.FIELDS);
    assertThat(line.get(7)).isEqualTo("%22quoted%22");
    assertThat(line.get(8)).contains("/%22quoted%22?x-note=mine");
    assertThat(line.get(15)).isEqualTo("\"c%22\"");
    assertThat(line.get(16)).isEqualTo("\"a%22 - %22b\"");
  }

  @Test
  void eachObjectThatIsDeletedWithOthersHasALine() {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    put(bucket, "key", "text");
    ObjectIdentifier right = ObjectIdentifier.builder().key("key").build();
    ObjectIdentifier wrong = ObjectIdentifier.builder().key("kept").eTag("\"other\"").build();
    put(bucket, "kept", "text");
    SERVER
        .client()
        .deleteObjects(r -> r.bucket(bucket.name()).delete(d -> d.objects(right, wrong)));
    assertThat(bucket.line("REST.POST.MULTI_OBJECT_DELETE").get(9)).isEqualTo("200");
    List<String> deleted = bucket.line("BATCH.DELETE.OBJECT", line -> line.get(7).equals("key"));
    assertThat(deleted.subList(9, 11)).containsExactly("204", NOTHING);
    List<String> kept = bucket.line("BATCH.DELETE.OBJECT", line -> line.get(7).equals("kept"));
    assertThat(kept.subList(9, 11)).containsExactly("412", "PreconditionFailed");
  }

  @Test
  void aCopyIsInTheLogsOfBothBuckets() {
    LoggedBucket from = LoggedBucket.on(SERVER);
    LoggedBucket to = LoggedBucket.on(SERVER);
    put(from, "original", "text");
    SERVER
        .client()
        .copyObject(r ->
            r.sourceBucket(from.name())
                .sourceKey("original")
                .destinationBucket(to.name())
                .destinationKey("copy"));
    assertThat(to.line("REST.COPY.OBJECT").get(7)).isEqualTo("copy");
    List<String> read = from.line("REST.COPY.OBJECT_GET");
    assertThat(read).hasSize(LoggedBucket.FIELDS);
    assertThat(read.get(7)).isEqualTo("original");
    assertThat(read.get(12)).isEqualTo("4");
  }

  @Test
  void whatOnlyAnAccessListHasAllowedSaysSo() {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket.name()).key("key").acl(ObjectCannedACL.PUBLIC_READ),
            RequestBody.fromString("text"));
    SERVER.anonymous().getObjectAsBytes(r -> r.bucket(bucket.name()).key("key"));
    assertThat(bucket.line("REST.GET.OBJECT").get(25)).isEqualTo("Yes");
    SERVER.client().putBucketAcl(r -> r.bucket(bucket.name()).acl(BucketCannedACL.PUBLIC_READ));
    SERVER.anonymous().listObjectsV2(r -> r.bucket(bucket.name()));
    assertThat(bucket.line("REST.GET.BUCKET").get(25)).isEqualTo("Yes");
    assertThat(bucket.line("REST.PUT.OBJECT").get(25)).isEqualTo(NOTHING);
  }

  @Test
  void visitsToAWebSiteAreLogged() throws IOException {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    SERVER
        .client()
        .putBucketWebsite(r ->
            r.bucket(bucket.name())
                .websiteConfiguration(c -> c.indexDocument(i -> i.suffix("index.html"))));
    String host = bucket.name() + ".s3-website.localhost";
    assertThat(RawHttp.send(SITES.address(), "GET /page", host, "")).contains("403");
    List<String> line = bucket.line("WEBSITE.GET.OBJECT");
    assertThat(line.get(7)).isEqualTo("page");
    assertThat(line.subList(9, 11)).containsExactly("403", "AccessDenied");
  }

  private static void put(LoggedBucket bucket, String key, String text) {
    SERVER.client().putObject(r -> r.bucket(bucket.name()).key(key), RequestBody.fromString(text));
  }
}
