package cloud.bevy.doors.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret access key bound to a [CredentialScope]: what SigV4 signatures are made with.
final class SigningKey {
  private static final String HMAC = "HmacSHA256";
  private final byte[] key;

  private SigningKey(byte[] key) {
    this.key = key;
  }

  /// Derives the key (AWS General Reference, "Create a signed AWS API request", step 4).
  static SigningKey of(String secret, CredentialScope scope) {
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.text().split("/", -1)) {
      key = hmac(key, part);
    }
    return new SigningKey(key);
  }

  /// The signature of a string to sign, in lower-case hexadecimal.
  String sign(String stringToSign) {
    return HexFormat.of().formatHex(hmac(key, stringToSign));
  }

  /// Whether a signature is right. Takes the same time wherever the first difference is.
  boolean verifies(String stringToSign, String signature) {
    return MessageDigest.isEqual(
        sign(stringToSign).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
