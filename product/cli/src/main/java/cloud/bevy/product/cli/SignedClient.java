package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.ClientResponse;
import cloud.bevy.foundation.http.HttpClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Sends requests as an AWS client would, signed with Signature Version 4. Only as much of it as
/// [Rehearse] and [TableClient] need: no query, no headers of the caller's.
final class SignedClient {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String REGION = "us-east-1";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_LENGTH = 8;
  private static final int BAD_REQUEST = 400;

  private final World world;
  private final HttpClient client;
  private final Credentials credentials;

  /// Who signs, and where the requests go.
  record Credentials(String endpoint, String id, String secret) {
    /// Those of a cloud.
    ///
    /// @param query which cloud
    static Credentials of(ControlClient control, String query) throws IOException {
      Map<String, Object> key = control.get("/_bevy/credentials" + query);
      return new Credentials(
          control.endpoint(),
          String.valueOf(key.get("accessKeyId")),
          String.valueOf(key.get("secretAccessKey")));
    }

    /// Never the secret.
    @Override
    public String toString() {
      return "Credentials[" + endpoint + ", " + id + "]";
    }
  }

  SignedClient(World world, HttpClient client, Credentials credentials) {
    this.world = world;
    this.client = client;
    this.credentials = credentials;
  }

  /// Asks for a page that needs no signature.
  void open(String path) throws IOException {
    expect(path, deliver(ClientRequest.of("GET", path), new byte[0]));
  }

  void s3(String method, String path, String body) throws IOException {
    expect(path, send("s3", ClientRequest.of(method, path), body));
  }

  void dynamo(String operation, String body) throws IOException {
    expect(operation, ask(operation, body));
  }

  /// What was answered.
  record Answer(int status, String body) {
    /// Whether it was not done.
    boolean refused() {
      return status >= BAD_REQUEST;
    }
  }

  /// Asks for an operation of DynamoDB.
  Answer ask(String operation, String body) throws IOException {
    ClientRequest request = ClientRequest.of("POST", "/");
    request.headers().set("X-Amz-Target", "DynamoDB_20120810." + operation);
    request.headers().set("Content-Type", "application/x-amz-json-1.0");
    return send("dynamodb", request, body);
  }

  private static void expect(String what, Answer answer) throws IOException {
    if (answer.refused()) {
      throw new IOException(what + ": " + answer.body());
    }
  }

  private Answer send(String service, ClientRequest request, String body) throws IOException {
    URI endpoint = URI.create(credentials.endpoint());
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    sign(service, request, endpoint.getAuthority(), hex(sha256(content)));
    return deliver(request, content);
  }

  private Answer deliver(ClientRequest request, byte[] content) throws IOException {
    URI endpoint = URI.create(credentials.endpoint());
    request.headers().set("Host", endpoint.getAuthority());
    InetSocketAddress peer = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
    ClientRequest whole = request.with(new ClientRequest.Body.Bytes(content));
    try (ClientResponse response = client.send(peer, whole, DEADLINE)) {
      byte[] answer = response.body().readAllBytes();
      return new Answer(response.status(), new String(answer, StandardCharsets.UTF_8));
    }
  }

  private void sign(String service, ClientRequest request, String host, String hash) {
    String stamp = STAMP.format(world.time().now());
    String date = stamp.substring(0, DATE_LENGTH);
    List<String> parts = List.of(date, REGION, service, "aws4_request");
    String scope = String.join("/", parts);
    request.headers().set("Host", host);
    request.headers().set("X-Amz-Date", stamp);
    request.headers().set("X-Amz-Content-Sha256", hash);
    List<String> names =
        request.headers().names().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> name.equals("host") || name.startsWith("x-amz-"))
            .sorted()
            .toList();
    StringBuilder canonical = new StringBuilder();
    canonical.append(request.method()).append('\n').append(request.target()).append("\n\n");
    for (String name : names) {
      String value = request.headers().first(name).orElseThrow();
      canonical.append(name).append(':').append(value).append('\n');
    }
    String signed = String.join(";", names);
    canonical.append('\n').append(signed).append('\n').append(hash);
    String toSign =
        String.join(
            "\n", "AWS4-HMAC-SHA256", stamp, scope, hex(sha256(utf8(canonical.toString()))));
    byte[] key = utf8("AWS4" + credentials.secret());
    for (String part : parts) {
      key = hmac(key, part);
    }
    request
        .headers()
        .set(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(credentials.id(), scope, signed, hex(hmac(key, toSign))));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
