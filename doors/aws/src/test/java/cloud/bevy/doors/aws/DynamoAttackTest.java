package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no SDK would send, byte by byte.
final class DynamoAttackTest extends DynamoTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// What came back.
  record Answer(int status, String body, String checksum) {}

  private Answer send(String operation, byte[] body, Map<String, String> headers)
      throws IOException {
    return answer(open(operation, body, headers));
  }

  private HttpURLConnection open(String operation, byte[] body, Map<String, String> headers)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) server.uri().toURL().openConnection();
    connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
    connection.setRequestProperty("X-Amz-Target", "DynamoDB_20120810." + operation);
    headers.forEach(connection::setRequestProperty);
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    connection.getOutputStream().write(body);
    return connection;
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(status, text, connection.getHeaderField("x-amz-crc32"));
    }
  }

  private Answer signed(String operation, String body) throws Exception {
    return signed(operation, body.getBytes(StandardCharsets.UTF_8), Instant.now(), "");
  }

  private Answer signed(String operation, byte[] body, Instant moment, String spoil)
      throws Exception {
    return answer(request(operation, body, new Signing(moment, spoil), Map.of()));
  }

  /// How a request is signed by hand.
  ///
  /// @param spoil is added to the secret
  record Signing(Instant moment, String spoil) {
    static Signing now() {
      return new Signing(Instant.now(), "");
    }
  }

  private HttpURLConnection request(
      String operation, byte[] body, Signing signing, Map<String, String> more) throws Exception {
    String time = TIME.format(signing.moment());
    CredentialScope scope = new CredentialScope(time.substring(0, 8), "eu", "dynamodb");
    String names = "host;x-amz-date;x-amz-target";
    String canonical =
        String.join(
            "\n",
            List.of(
                "POST",
                "/",
                "",
                "host:" + server.uri().getAuthority(),
                "x-amz-date:" + time,
                "x-amz-target:DynamoDB_20120810." + operation,
                "",
                names,
                SignatureV4.sha256Hex(body)));
    SigningKey key = SigningKey.of(server.key().secret() + signing.spoil(), scope);
    String signature = key.sign(SignatureV4.stringToSign(time, scope, canonical));
    String authorization =
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(server.key().id(), scope.text(), names, signature);
    Map<String, String> headers = new HashMap<>(more);
    headers.put("X-Amz-Date", time);
    headers.put("Authorization", authorization);
    return open(operation, body, headers);
  }

  @Test
  void requestsThatAreNotSignedAreRefused() throws Exception {
    Answer response = send("ListTables", new byte[] {'{', '}'}, Map.of());
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .contains("com.amazon.coral.service#MissingAuthenticationTokenException");
    assertThat(response.checksum()).isNotEmpty();
  }

  @Test
  void aSignatureOfAnotherSecretIsRefused() throws Exception {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(signed("ListTables", body, Instant.now(), "x").body())
        .contains("InvalidSignatureException");
  }

  @Test
  void aSkewedClockIsRefused() throws Exception {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(signed("ListTables", body, Instant.now().minusSeconds(3600), "").body())
        .contains("InvalidSignatureException");
  }

  @Test
  void anUnknownKeyIsRefused() throws Exception {
    String time = TIME.format(Instant.now());
    String authorization =
        "AWS4-HMAC-SHA256 Credential=AKIANOBODY/%s/eu/dynamodb/aws4_request,"
            .concat(" SignedHeaders=host;x-amz-date;x-amz-target, Signature=00")
            .formatted(time.substring(0, 8));
    Map<String, String> headers = Map.of("X-Amz-Date", time, "Authorization", authorization);
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(send("ListTables", body, headers).body()).contains("UnrecognizedClientException");
  }

  @Test
  void unknownOperationsAreRefused() throws Exception {
    Answer response = signed("MakeCoffee", "{}");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("UnknownOperationException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{} {}", "{\"Limit\":}", "null", "\u0000"})
  void whatIsNoJsonObjectIsRefused(String body) throws Exception {
    Answer response = signed("ListTables", body);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("com.amazon.coral.service#SerializationException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"TableName\":5} | NUMBER_VALUE cannot be converted to String",
        "{\"TableName\":true} | TRUE_VALUE cannot be converted to String",
        "{\"TableName\":[]} | Unrecognized collection type class java.lang.String",
        "{\"TableName\":{}} | Start of structure or map found where not expected",
        "{\"Item\":5} | Unexpected field type",
        "{\"Item\":{\"a\":5}} | Unexpected value type in payload",
        "{\"Item\":{\"a\":{\"B\":\"abc\"}}} | multiple of 4 bytes but found: 3",
        "{\"Item\":{\"a\":{\"SS\":\"x\"}}} | Unexpected field type",
        "{\"Item\":{\"a\":{\"S\":\"\\uD800\"}}} | Invalid UTF-16 surrogate"
      })
  void membersOfAnotherTypeAreRefused(String body, String reason) throws Exception {
    assertThat(signed("PutItem", body).body())
        .contains("com.amazon.coral.service#SerializationException")
        .contains(reason);
  }

  @Test
  void allBrokenConstraintsAreSaidAtOnce() throws Exception {
    assertThat(signed("PutItem", "{\"ReturnValues\":\"x\",\"TableName\":\"abc\"}").body())
        .contains("ValidationException")
        .contains("2 validation errors detected: ")
        .contains("Value null at 'item' failed to satisfy constraint: Member must not be null")
        .contains("Value 'x' at 'returnValues' failed to satisfy constraint:");
  }

  @Test
  void deepJsonIsRefused() throws Exception {
    String deep = "{\"Item\":{\"a\":" + "{\"L\":[".repeat(100_000);
    assertThat(signed("PutItem", deep).body()).contains("SerializationException");
  }

  @Test
  void thirtyTwoLevelsAreAcceptedAndOneMoreIsNot() throws Exception {
    assertThat(nested(32)).contains("ResourceNotFoundException");
    assertThat(nested(33)).contains("Nesting Levels have exceeded supported limits");
  }

  private String nested(int levels) throws Exception {
    String value = "{\"L\":[".repeat(levels) + "]}".repeat(levels);
    return signed("PutItem", "{\"TableName\":\"nowhere\",\"Item\":{\"a\":" + value + "}}").body();
  }

  @Test
  void aBodyBeyondSixteenMegabytesIsRefused() throws Exception {
    try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      String head =
          """
          POST / HTTP/1.1\r
          Host: localhost\r
          Content-Type: application/x-amz-json-1.0\r
          X-Amz-Target: DynamoDB_20120810.PutItem\r
          Content-Length: %d\r
          \r
          """
              .formatted(ShapeReader.MAXIMUM_BYTES + 1);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
      assertThat(new String(line, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void zipBomb() throws Exception {
    byte[] bomb = ContentCoding.GZIP.encoded(new byte[ShapeReader.MAXIMUM_BYTES + 1]);
    assertThat(coded("gzip", bomb).status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br"})
  void aBodyThatIsNotCodedAsItSaysIsRefused(String coding) throws Exception {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(coded(coding, body).body()).contains("InternalServerError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void aCodedBodyIsRead(String coding) throws Exception {
    byte[] body = "{\"Limit\":1}".getBytes(StandardCharsets.UTF_8);
    ContentCoding known = ContentCoding.valueOf(coding.toUpperCase(Locale.ROOT));
    assertThat(coded(coding, known.encoded(body)).body()).startsWith("{\"TableNames\":");
  }

  private Answer coded(String coding, byte[] body) throws Exception {
    return answer(request("ListTables", body, Signing.now(), Map.of("Content-Encoding", coding)));
  }

  @Test
  void aLongAnswerIsCodedAsItsReaderLikes() throws Exception {
    for (int table = 0; table < 20; table++) {
      String name = "coded-" + "x".repeat(230) + table;
      DynamoTestTables.create(client, name, request -> {});
    }
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = Map.of("Accept-Encoding", "br, gzip;q=0, deflate;q=0.5");
    HttpURLConnection connection = request("ListTables", body, Signing.now(), headers);
    byte[] sent = connection.getInputStream().readAllBytes();
    assertThat(connection.getHeaderField("Content-Encoding")).isEqualTo("deflate");
    CRC32 checksum = new CRC32();
    checksum.update(sent);
    assertThat(connection.getHeaderField("x-amz-crc32")).isEqualTo("" + checksum.getValue());
    assertThat(new String(ContentCoding.decoded("deflate", sent), StandardCharsets.UTF_8))
        .contains("coded-");
    for (int table = 0; table < 20; table++) {
      String name = "coded-" + "x".repeat(230) + table;
      client.deleteTable(request -> request.tableName(name));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "gzip, deflate | GZIP",
        "deflate, gzip | DEFLATE",
        "GZIP, identity | GZIP",
        "*, deflate | DEFLATE",
        "*, gzip;q=0.5 | DEFLATE",
        "* | GZIP",
        "gzip ;q=0 | none",
        "identity, br | none",
        "gzip;q=x | none",
        "'' | none"
      })
  void whatAReaderLikesIsFoundOut(String accepted, ContentCoding wanted) {
    assertThat(ContentCoding.wanted(accepted)).isEqualTo(wanted);
  }

  @Test
  void aPageFromElsewhereMayAsk() throws Exception {
    assertThat(raw("OPTIONS", "Access-Control-Request-Headers: x-amz-target"))
        .startsWith("HTTP/1.1 200")
        .contains("Access-Control-Allow-Origin: *")
        .contains("Access-Control-Allow-Headers: x-amz-target")
        .contains("Access-Control-Max-Age: ");
    assertThat(raw("POST", "Content-Type: application/x-amz-json-1.0"))
        .startsWith("HTTP/1.1 400")
        .contains("Access-Control-Allow-Origin: *");
  }

  /// The answer to a request from a page, with its head.
  private String raw(String method, String header) throws IOException {
    try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      String head =
          """
          %s / HTTP/1.1\r
          Host: localhost\r
          Origin: https://elsewhere.example\r
          Content-Length: 0\r
          Connection: close\r
          %s\r
          \r
          """
              .formatted(method, header);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aGetIsAnsweredForHealthChecks() throws Exception {
    HttpURLConnection connection = (HttpURLConnection) server.uri().toURL().openConnection();
    assertThat(answer(connection).body()).startsWith("healthy: dynamodb");
  }
}
