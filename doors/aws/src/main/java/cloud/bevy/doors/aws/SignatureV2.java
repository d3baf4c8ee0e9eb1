package cloud.bevy.doors.aws;

import java.time.Instant;
import java.util.Optional;

/// A signature of the second version of AWS's (Amazon S3 User Guide, "Signing and authenticating
/// REST requests"), which old programs and `aws s3 presign` still make.
sealed interface SignatureV2 permits HeaderV2, PresignedV2 {
  /// The id of the key that it claims to be made with.
  String accessKeyId();

  /// Why it is not good, or nothing.
  ///
  /// @param bucket the bucket in the host's name, if it is there
  Optional<Refusal> check(
      SignedRequest request, Optional<String> bucket, String secret, Instant now);

  /// Reads what a request has of it: in the header or in the query string.
  static Optional<SignatureV2> read(SignedRequest request) throws S3Exception {
    return request.headers().has("Authorization")
        ? HeaderV2.read(request.headers()).map(SignatureV2.class::cast)
        : PresignedV2.read(request.query()).map(SignatureV2.class::cast);
  }
}
