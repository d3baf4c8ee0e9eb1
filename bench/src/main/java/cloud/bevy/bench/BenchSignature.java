package cloud.bevy.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests as AWS's SDKs do ("Signature Version 4"): those for objects with bodies that are
/// not signed, those for tables with bodies that are.
final class BenchSignature {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final long REUSED_NANOS = 300_000_000_000L;

  private final String id;
  private final String secret;
  private final HexFormat hex = HexFormat.of();
  private final Map<String, Signed> signed = new ConcurrentHashMap<>();

  private record Signed(byte[] head, long nanos) {}

  /// What is signed.
  ///
  /// @param headers each name with its value, in the order of the names; the host is added
  private record Unsigned(
      String service, String request, SortedMap<String, String> headers, String payload) {}

  BenchSignature(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  /// The head of a request, up to and with the empty line; a query must be as it is signed: encoded
  /// and sorted. A signature holds for a quarter of an hour, and is used again within five minutes,
  /// so that signing is not what is measured.
  byte[] head(String method, String path, long length) throws GeneralSecurityException {
    String request = method + path;
    Signed known = signed.get(request);
    if (known == null || System.nanoTime() - known.nanos() > REUSED_NANOS) {
      String head = sign(method, path, length);
      known = new Signed(head.getBytes(StandardCharsets.US_ASCII), System.nanoTime());
      signed.put(request, known);
    }
    return known.head();
  }

  private String sign(String method, String path, long length) throws GeneralSecurityException {
    SortedMap<String, String> headers =
        new TreeMap<>(Map.of("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
    String request = method + " " + path;
    String head = head(new Unsigned("s3", request, headers, "UNSIGNED-PAYLOAD"));
    return head + (length < 0 ? "\r\n" : "Content-Length: " + length + "\r\n\r\n");
  }

  /// The head of a request to DynamoDB, up to and with the empty line.
  byte[] head(String operation, byte[] body) throws GeneralSecurityException {
    SortedMap<String, String> headers =
        new TreeMap<>(
            Map.of(
                "content-type",
                "application/x-amz-json-1.0",
                "x-amz-target",
                "DynamoDB_20120810." + operation));
    String payload = hex.formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    String head = head(new Unsigned("dynamodb", "POST /", headers, payload));
    return (head + "Content-Length: " + body.length + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// The first line and the headers, signed.
  private String head(Unsigned one) throws GeneralSecurityException {
    String time = TIME.format(Instant.now());
    String scope = time.substring(0, 8) + "/us-east-1/" + one.service() + "/aws4_request";
    SortedMap<String, String> headers = new TreeMap<>(one.headers());
    headers.put("host", "localhost");
    headers.put("x-amz-date", time);
    String names = String.join(";", headers.keySet());
    String text =
        "AWS4-HMAC-SHA256\n"
            + time
            + "\n"
            + scope
            + "\n"
            + hex.formatHex(sha256(canonical(one, headers, names)));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = mac(key, part);
    }
    StringBuilder head = new StringBuilder(one.request()).append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("Authorization: AWS4-HMAC-SHA256 Credential=")
        .append(id + "/" + scope + ", SignedHeaders=" + names)
        .append(", Signature=" + hex.formatHex(mac(key, text)) + "\r\n")
        .toString();
  }

  private static String canonical(Unsigned one, Map<String, String> headers, String names) {
    int space = one.request().indexOf(' ');
    String path = one.request().substring(space + 1);
    int question = path.indexOf('?');
    StringBuilder canonical = new StringBuilder(one.request().substring(0, space)).append('\n');
    canonical.append(question < 0 ? path : path.substring(0, question)).append('\n');
    canonical.append(question < 0 ? "" : path.substring(question + 1)).append('\n');
    headers.forEach((name, value) -> canonical.append(name + ":" + value + "\n"));
    return canonical.append("\n" + names + "\n" + one.payload()).toString();
  }

  private static byte[] sha256(String text) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
