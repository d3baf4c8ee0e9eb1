package cloud.bevy.doors.aws;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The error for a signature of version 4 that is another one than the key makes. It says what was
/// signed here, so that whoever wrote the client sees where it differs; the key is in none of it.
final class SignatureMismatch {
  private static final HexFormat BYTES = HexFormat.ofDelimiter(" ");

  private SignatureMismatch() {}

  /// The error.
  ///
  /// @param payload what stands for the body in the canonical request
  static S3Exception of(SignedRequest request, SignatureClaim claim, String payload) {
    String canonical = SignatureV4.canonicalRequest(request, claim.signedHeaders(), payload);
    String toSign =
        SignatureV4.stringToSign(claim.timestamp().text(), claim.credential().scope(), canonical);
    return S3Error.SIGNATURE_DOES_NOT_MATCH
        .refused()
        .with("AWSAccessKeyId", claim.credential().accessKeyId())
        .with("StringToSign", toSign)
        .with("SignatureProvided", claim.signature())
        .with("StringToSignBytes", bytes(toSign))
        .with("CanonicalRequest", canonical)
        .with("CanonicalRequestBytes", bytes(canonical));
  }

  private static String bytes(String text) {
    return BYTES.formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
