package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// `Authorization: AWS KEY:SIGNATURE`.
///
/// @param date the moment of the request, if it says one that can be
record HeaderV2(String accessKeyId, String signature, Optional<Instant> date)
    implements SignatureV2 {
  private static final String SCHEME = "AWS ";
  private static final String DATE = "x-amz-date";
  private static final Duration LARGEST_SKEW = Duration.ofMinutes(15);

  /// Reads the header; nothing where it is of another kind.
  static Optional<HeaderV2> read(Headers headers) throws S3Exception {
    String text = headers.first("Authorization").orElse("").strip();
    if (!text.startsWith(SCHEME)) {
      return Optional.empty();
    }
    String credential = text.substring(SCHEME.length()).strip();
    int colon = credential.lastIndexOf(':');
    if (colon <= 0) {
      throw S3Error.INVALID_ARGUMENT.refused(
          "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature");
    }
    Optional<Instant> date =
        headers
            .first(DATE)
            .or(() -> headers.first("Date"))
            .flatMap(HttpDates::readWithoutWeekday)
            .filter(moment -> !moment.isBefore(Instant.EPOCH));
    return Optional.of(
        new HeaderV2(credential.substring(0, colon), credential.substring(colon + 1), date));
  }

  @Override
  public Optional<Refusal> check(
      SignedRequest request, Optional<String> bucket, String secret, Instant now) {
    if (date.isEmpty()) {
      return Optional.of(new Refusal(Refusal.Kind.NO_DATE, ""));
    }
    if (Duration.between(date.get(), now).abs().compareTo(LARGEST_SKEW) > 0) {
      return Optional.of(new Refusal(Refusal.Kind.SKEWED, ""));
    }
    // where both are there, only the Amazon one is signed
    String signed =
        request.headers().has(DATE) ? "" : request.headers().first("Date").orElseThrow();
    return CanonicalV2.stringsToSign(request, bucket, signed).stream()
            .anyMatch(toSign -> CanonicalV2.verifies(secret, toSign, signature))
        ? Optional.empty()
        : Optional.of(new Refusal(Refusal.Kind.MISMATCH, ""));
  }
}
