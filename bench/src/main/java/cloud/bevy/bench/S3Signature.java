package cloud.bevy.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests as AWS's SDKs do ("Signature Version 4"), with bodies that are not signed.
final class S3Signature {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final long REUSED_NANOS = 300_000_000_000L;
  private static final String HEADERS = "host;x-amz-content-sha256;x-amz-date";

  private final String id;
  private final String secret;
  private final HexFormat hex = HexFormat.of();
  private final Map<String, Signed> signed = new ConcurrentHashMap<>();

  private record Signed(byte[] head, long nanos) {}

  S3Signature(String id, String secret) {
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
    String time = TIME.format(Instant.now());
    String scope = time.substring(0, 8) + "/us-east-1/s3/aws4_request";
    int question = path.indexOf('?');
    String canonical =
        method
            + "\n"
            + (question < 0 ? path : path.substring(0, question))
            + "\n"
            + (question < 0 ? "" : path.substring(question + 1))
            + "\nhost:localhost\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:"
            + time
            + "\n\n"
            + HEADERS
            + "\nUNSIGNED-PAYLOAD";
    String text =
        "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hex.formatHex(sha256(canonical));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = mac(key, part);
    }
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nx-amz-content-sha256: UNSIGNED-PAYLOAD\r\nx-amz-date: "
        + time
        + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
        + id
        + "/"
        + scope
        + ", SignedHeaders="
        + HEADERS
        + ", Signature="
        + hex.formatHex(mac(key, text))
        + (length < 0 ? "" : "\r\nContent-Length: " + length)
        + "\r\n\r\n";
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
