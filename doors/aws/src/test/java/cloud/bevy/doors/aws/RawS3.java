package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// A signed request as bytes on a socket, so that it may be wrong in ways no SDK would be.
final class RawS3 {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final S3TestServer server;
  private final String method;
  private final String target;
  private final Headers headers = new Headers();
  private byte[] body = new byte[0];
  private Instant time = Instant.now();

  RawS3(S3TestServer server, String method, String target) {
    this.server = server;
    this.method = method;
    this.target = target;
  }

  RawS3 header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  RawS3 body(String text) {
    body = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  RawS3 at(Instant moment) {
    time = moment;
    return this;
  }

  /// Signs and sends it, and returns the whole answer as text.
  String send() throws IOException {
    if (!headers.has("x-amz-content-sha256")) {
      headers.add("x-amz-content-sha256", SignatureV4.sha256Hex(body));
    }
    if (!headers.has("Content-Length") && !headers.has("Transfer-Encoding")) {
      headers.add("Content-Length", Integer.toString(body.length));
    }
    headers.add("Host", "127.0.0.1:" + server.address().getPort());
    headers.add("x-amz-date", TIME.format(time));
    sign();
    return sendUnsigned();
  }

  /// Sends it as it is.
  String sendUnsigned() throws IOException {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Connection: close\r\n\r\n");
    try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void sign() {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    QueryString query =
        QueryString.read(question < 0 ? "" : target.substring(question + 1)).orElseThrow();
    List<String> signed = new ArrayList<>(headers.names());
    signed.sort(null);
    SignedRequest request = new SignedRequest(method, path, query, headers);
    String hash = headers.first("x-amz-content-sha256").orElseThrow();
    String timestamp = TIME.format(time);
    CredentialScope scope = new CredentialScope(timestamp.substring(0, 8), "us-east-1", "s3");
    String toSign =
        SignatureV4.stringToSign(
            timestamp, scope, SignatureV4.canonicalRequest(request, signed, hash));
    String signature = SigningKey.of(server.key().secret(), scope).sign(toSign);
    headers.add(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(server.key().id(), scope.text(), String.join(";", signed), signature));
  }
}
