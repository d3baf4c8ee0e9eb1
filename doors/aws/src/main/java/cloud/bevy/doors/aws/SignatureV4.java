package cloud.bevy.doors.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/// AWS Signature Version 4: what is hashed, in which order (AWS IAM User Guide, "Create a signed
/// AWS API request"). Pure functions; who may do what is [Authenticator]'s business.
final class SignatureV4 {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final String SIGNATURE_PARAMETER = "X-Amz-Signature";

  /// SHA-256 of nothing.
  static final String EMPTY_HASH = sha256Hex(new byte[0]);

  private SignatureV4() {}

  /// The canonical request of S3's rules, which hold for any service whose paths need no
  /// normalisation: the path is encoded once and kept as it is.
  ///
  /// @param payloadHash what stands for the body: its hash in hexadecimal, or one of S3's words
  /// @return one character for each byte (ISO 8859-1), as in [cloud.bevy.foundation.http.Headers]
  static String canonicalRequest(
      SignedRequest request, List<String> signedHeaders, String payloadHash) {
    Predicate<String> notTheSignature = name -> !name.equals(SIGNATURE_PARAMETER);
    StringBuilder out = new StringBuilder(512);
    out.append(request.method()).append('\n');
    out.append(canonicalPath(request.path())).append('\n');
    out.append(request.query().canonical(notTheSignature)).append('\n');
    for (String name : signedHeaders) {
      out.append(name).append(':').append(canonicalHeader(request, name)).append('\n');
    }
    out.append('\n').append(String.join(";", signedHeaders)).append('\n').append(payloadHash);
    return out.toString();
  }

  /// What is signed for a request.
  ///
  /// @param timestamp `yyyyMMdd'T'HHmmss'Z'`
  static String stringToSign(String timestamp, CredentialScope scope, String canonicalRequest) {
    String hash = sha256Hex(canonicalRequest.getBytes(StandardCharsets.ISO_8859_1));
    return String.join("\n", ALGORITHM, timestamp, scope.text(), hash);
  }

  /// SHA-256 in lower-case hexadecimal.
  static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /// A fresh SHA-256.
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Clients escape more or less than AWS does, so the path is decoded and encoded again. A path
  /// that cannot be decoded is taken as it is: its signature is checked before it is refused.
  private static String canonicalPath(String path) {
    String canonical = AwsUri.decode(path).map(AwsUri::encodePath).orElse(path);
    return canonical.isEmpty() ? "/" : canonical;
  }

  private static String canonicalHeader(SignedRequest request, String name) {
    List<String> values = request.headers().all(name).stream().map(SignatureV4::trimmed).toList();
    return String.join(",", values);
  }

  /// Without spaces at the ends, and with one where there were several.
  private static String trimmed(String value) {
    String stripped = value.strip();
    return stripped.contains("  ") ? stripped.replaceAll(" {2,}", " ") : stripped;
  }
}
