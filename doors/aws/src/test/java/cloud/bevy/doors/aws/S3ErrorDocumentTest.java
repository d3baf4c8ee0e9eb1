package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

/// What the documents of errors say beyond a code and a message.
class S3ErrorDocumentTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();
  private String bucket = "";

  @BeforeEach
  void bucket() {
    bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("0123"));
  }

  private static RawS3 get(String target) {
    return new RawS3(SERVER, "GET", target);
  }

  @Test
  void aBucketThatIsMissingIsNamed() throws IOException {
    assertThat(get("/not-there").send())
        .contains("<Code>NoSuchBucket</Code>", "<BucketName>not-there</BucketName>");
    assertThat(new RawS3(SERVER, "DELETE", "/" + bucket).send())
        .contains("<Code>BucketNotEmpty</Code>", "<BucketName>" + bucket + "</BucketName>");
  }

  @Test
  void theSourceOfACopyIsWhatIsMissing() throws IOException {
    String answer =
        new RawS3(SERVER, "PUT", "/" + bucket + "/to")
            .header("x-amz-copy-source", "/" + bucket + "/not%26there")
            .send();
    assertThat(answer).contains("<Code>NoSuchKey</Code>", "<Key>not&amp;there</Key>");
  }

  @Test
  void aMarkOfADeletionIsNoObjectToBeRead() throws IOException {
    VersionedBucket versions = VersionedBucket.on(SERVER);
    versions.put("key", "x");
    String mark = versions.delete("key");
    assertThat(get("/" + versions.name() + "/key?versionId=" + mark).send())
        .contains(
            "<Code>MethodNotAllowed</Code>",
            "<Method>GET</Method>",
            "<ResourceType>DeleteMarker</ResourceType>");
  }

  @Test
  void anUploadThatIsMissingIsNamed() throws IOException {
    assertThat(get("/" + bucket + "/key?uploadId=none").send())
        .contains("<Code>NoSuchUpload</Code>", "<UploadId>none</UploadId>");
  }

  @Test
  void anArgumentIsNamedWithItsValue() throws IOException {
    assertThat(get("/" + bucket + "?max-keys=many").send())
        .contains(
            "<Code>InvalidArgument</Code>",
            "<ArgumentName>max-keys</ArgumentName>",
            "<ArgumentValue>many</ArgumentValue>");
  }

  @Test
  void theConditionThatDoesNotHoldIsNamed() throws IOException {
    assertThat(get("/" + bucket + "/key").header("If-Match", "\"another\"").send())
        .contains("<Code>PreconditionFailed</Code>", "<Condition>If-Match</Condition>");
    assertThat(
            new RawS3(SERVER, "PUT", "/" + bucket + "/key")
                .header("If-None-Match", "*")
                .body("x")
                .send())
        .contains("<Condition>If-None-Match</Condition>");
  }

  @Test
  void aRangeBehindTheEndIsSaidWithTheSize() throws IOException {
    assertThat(get("/" + bucket + "/key").header("Range", "bytes=9-").send())
        .contains(
            "<RangeRequested>bytes=9-</RangeRequested>", "<ActualObjectSize>4</ActualObjectSize>");
  }

  @Test
  void aSignatureThatDoesNotMatchIsSaidWithWhatWasToBeSigned() throws IOException {
    String now = RawS3.TIME.format(Instant.now());
    String answer =
        get("/" + bucket + "/key")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + SERVER.key().id()
                    + "/"
                    + now.substring(0, 8)
                    + "/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;"
                    + "x-amz-date, Signature=00")
            .header("Host", "somewhere")
            .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
            .header("x-amz-date", now)
            .sendUnsigned();
    assertThat(answer)
        .contains(
            "<Code>SignatureDoesNotMatch</Code>",
            "<AWSAccessKeyId>" + SERVER.key().id() + "</AWSAccessKeyId>",
            "<StringToSign>AWS4-HMAC-SHA256&#xa;",
            "<CanonicalRequest>GET&#xa;/" + bucket + "/key&#xa;&#xa;host:somewhere&#xa;",
            "<CanonicalRequestBytes>47 45 54 0a ")
        .doesNotContain(SERVER.key().secret());
  }
}
