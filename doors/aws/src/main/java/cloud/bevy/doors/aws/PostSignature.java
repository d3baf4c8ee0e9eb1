package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.CredentialScope.Credential;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Who signed a form's policy: with Signature Version 4 (Amazon S3 API Reference, "Authenticating
/// requests in browser-based uploads using POST"), or with version 2, which forms on the web still
/// use.
sealed interface PostSignature {
  /// The id of the key it claims to be signed with.
  String accessKeyId();

  /// Whether a policy was signed with that key's secret.
  ///
  /// @param policy as it stands in the form, in base64
  boolean verifies(String policy, String secret);

  /// Version 4.
  record V4(Credential credential, String signature) implements PostSignature {
    @Override
    public String accessKeyId() {
      return credential.accessKeyId();
    }

    @Override
    public boolean verifies(String policy, String secret) {
      return SigningKey.of(secret, credential.scope()).verifies(policy, signature);
    }
  }

  /// Version 2.
  record V2(String accessKeyId, String signature) implements PostSignature {
    private static final String HMAC = "HmacSHA1";

    @Override
    public boolean verifies(String policy, String secret) {
      try {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
        byte[] right = mac.doFinal(policy.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(
            Base64.getEncoder().encode(right), signature.getBytes(StandardCharsets.UTF_8));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + HMAC, e);
      }
    }
  }

  /// Whether a form says that it is signed.
  static boolean isIn(PostForm form) {
    return Stream.of("awsaccesskeyid", "signature", "x-amz-algorithm", "x-amz-signature")
        .anyMatch(name -> form.field(name).isPresent());
  }

  /// Reads the fields of a form that has a policy.
  static PostSignature read(PostForm form) throws S3Exception {
    if (form.field("awsaccesskeyid").isPresent()) {
      return new V2(form.required("awsaccesskeyid"), form.required("signature"));
    }
    if (!form.required("x-amz-algorithm").equals(SignatureV4.ALGORITHM)) {
      throw S3Error.INVALID_ARGUMENT.refused("X-Amz-Algorithm only supports AWS4-HMAC-SHA256");
    }
    Credential credential =
        CredentialScope.read(form.required("x-amz-credential"))
            .filter(read -> read.scope().service().equals("s3"))
            .orElseThrow(() ->
                S3Error.INVALID_ARGUMENT.refused(
                    "the Credential must be <access key id>/YYYYMMDD/REGION/s3/aws4_request"));
    if (!form.required("x-amz-date").startsWith(credential.scope().date())) {
      throw S3Error.INVALID_ARGUMENT.refused("the day of the Credential is not that of X-Amz-Date");
    }
    return new V4(credential, form.required("x-amz-signature"));
  }
}
