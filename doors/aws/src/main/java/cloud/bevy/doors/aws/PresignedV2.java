package cloud.bevy.doors.aws;

import java.time.Instant;
import java.util.Optional;

/// A presigned URL, as `aws s3 presign` of the AWS CLI still makes for `us-east-1`.
///
/// @param expires seconds since 1970
record PresignedV2(String accessKeyId, String signature, long expires) implements SignatureV2 {
  /// Reads the parameters; nothing where they are not there.
  static Optional<PresignedV2> read(QueryString query) {
    Optional<String> id = query.first("AWSAccessKeyId");
    Optional<String> signature = query.first("Signature");
    Optional<String> expires = query.first("Expires").filter(text -> text.matches("[0-9]{1,12}"));
    return id.isEmpty() || signature.isEmpty() || expires.isEmpty()
        ? Optional.empty()
        : Optional.of(new PresignedV2(id.get(), signature.get(), Long.parseLong(expires.get())));
  }

  @Override
  public Optional<Refusal> check(
      SignedRequest request, Optional<String> bucket, String secret, Instant now) {
    if (now.getEpochSecond() > expires) {
      return Optional.of(new Refusal(Refusal.Kind.EXPIRED, ""));
    }
    boolean right =
        CanonicalV2.stringsToSign(request, bucket, Long.toString(expires)).stream()
            .anyMatch(toSign -> CanonicalV2.verifies(secret, toSign, signature));
    return right ? Optional.empty() : Optional.of(new Refusal(Refusal.Kind.MISMATCH, ""));
  }
}
