package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// Presigned URLs whose query carries headers, as some SDKs make them.
class PresignedHeadersTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();
  private final String bucket = SERVER.bucket();

  /// A URL for a PUT of an object.
  ///
  /// @param more parameters, encoded
  private String url(String key, String... more) {
    String path = "/" + bucket + "/" + key;
    String timestamp = RawS3.TIME.format(Instant.now());
    CredentialScope scope = new CredentialScope(timestamp.substring(0, 8), "us-east-1", "s3");
    List<String> parameters = new ArrayList<>(List.of(more));
    parameters.add("X-Amz-Algorithm=AWS4-HMAC-SHA256");
    parameters.add("X-Amz-Credential=" + AwsUri.encode(SERVER.key().id() + "/" + scope.text()));
    parameters.add("X-Amz-Date=" + timestamp);
    parameters.add("X-Amz-Expires=60");
    parameters.add("X-Amz-SignedHeaders=host");
    String query = String.join("&", parameters);
    String host = "127.0.0.1:" + SERVER.address().getPort();
    SignedRequest request =
        new SignedRequest(
            "PUT",
            path,
            QueryString.read(query).orElseThrow(),
            new cloud.bevy.foundation.http.Headers().add("Host", host));
    String canonical = SignatureV4.canonicalRequest(request, List.of("host"), "UNSIGNED-PAYLOAD");
    String toSign = SignatureV4.stringToSign(timestamp, scope, canonical);
    String signature = SigningKey.of(SERVER.key().secret(), scope).sign(toSign);
    return "http://" + host + path + "?" + query + "&X-Amz-Signature=" + signature;
  }

  private static HttpResponse<String> put(String url, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).PUT(HttpRequest.BodyPublishers.ofString("text"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private HeadObjectResponse head(String key) {
    return SERVER.client().headObject(r -> r.bucket(bucket).key(key));
  }

  @Test
  void metadataAndStorageClassInTheQueryAreTheObjects() throws Exception {
    String url = url("key", "x-amz-meta-of=caf%C3%A9", "X-Amz-Storage-Class=STANDARD_IA");
    assertThat(put(url).statusCode()).isEqualTo(200);
    assertThat(head("key").metadata()).containsEntry("of", "=?UTF-8?Q?caf=C3=A9?=");
    assertThat(head("key").storageClassAsString()).isEqualTo("STANDARD_IA");
  }

  @Test
  void anAccessListInTheQueryLetsEverybodyRead() throws Exception {
    assertThat(put(url("key", "x-amz-acl=public-read")).statusCode()).isEqualTo(200);
    assertThat(SERVER.anonymous().getObjectAsBytes(r -> r.bucket(bucket).key("key")).asUtf8String())
        .isEqualTo("text");
  }

  @Test
  void aChecksumInTheQueryIsOfNoMatter() throws Exception {
    String query = "x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32";
    assertThat(put(url("key", query)).statusCode()).isEqualTo(200);
    assertThat(SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")).asUtf8String())
        .isEqualTo("text");
  }

  @Test
  void aConditionInTheQueryMustHold() throws Exception {
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("old"));
    assertThat(put(url("key", "If-None-Match=%2A")).statusCode()).isEqualTo(412);
    assertThat(put(url("other", "If-None-Match=%2A")).statusCode()).isEqualTo(200);
  }

  @Test
  void aHeaderThatWasNotSignedIsRefusedThoughTheQueryHasItToo() throws Exception {
    HttpResponse<String> answer = put(url("key", "x-amz-acl=private"), "x-amz-acl", "public-read");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("<HeadersNotSigned>x-amz-acl</HeadersNotSigned>");
  }

  @Test
  void whatCanBeNoHeaderIsRefused() throws Exception {
    HttpResponse<String> answer = put(url("key", "x-amz-meta-of=a%0D%0Ab%3A%20c"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("<ArgumentName>x-amz-meta-of</ArgumentName>");
  }
}
