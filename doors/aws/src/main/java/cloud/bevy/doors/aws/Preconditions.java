package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Headers;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// The conditions of a request that reads (RFC 9110, section 13.2.2).
///
/// @param ifMatch lists of entity tags, as in `ifNoneMatch`
record Preconditions(
    Optional<String> ifMatch,
    Optional<String> ifNoneMatch,
    Optional<Instant> ifModifiedSince,
    Optional<Instant> ifUnmodifiedSince) {
  /// What the conditions make of a request.
  enum Result {
    /// It is carried out.
    PROCEED,
    /// The caller has the object already.
    NOT_MODIFIED,
    /// A condition does not hold.
    FAILED
  }

  /// Reads the conditions. A date that cannot be read is no condition, nor is one that is yet to
  /// come: nothing can have been modified since.
  ///
  /// @param prefix what stands before the names: nothing, or `x-amz-copy-source-`
  static Preconditions read(S3Call call, String prefix) {
    Headers headers = call.headers();
    Instant now = call.cloud().world().time().now();
    return new Preconditions(
        headers.first(prefix + "if-match"),
        headers.first(prefix + "if-none-match"),
        headers
            .first(prefix + "if-modified-since")
            .flatMap(HttpDates::read)
            .filter(date -> !date.isAfter(now)),
        headers.first(prefix + "if-unmodified-since").flatMap(HttpDates::read));
  }

  /// Checks the conditions against an object.
  ///
  /// @param etag without quotes
  Result check(String etag, Instant modified) {
    Instant seconds = HttpDates.seconds(modified);
    boolean unchanged =
        ifMatch
            .map(tags -> matches(tags, etag))
            .orElse(ifUnmodifiedSince.isEmpty() || !seconds.isAfter(ifUnmodifiedSince.get()));
    if (!unchanged) {
      return Result.FAILED;
    }
    boolean known =
        ifNoneMatch
            .map(tags -> matches(tags, etag))
            .orElse(ifModifiedSince.isPresent() && !seconds.isAfter(ifModifiedSince.get()));
    return known ? Result.NOT_MODIFIED : Result.PROCEED;
  }

  /// The error for conditions that do not hold.
  ///
  /// @param prefix what stands before the names: nothing, or `x-amz-copy-source-`
  /// @param result that is not [Result#PROCEED]
  S3Exception failed(String prefix, Result result) {
    String name =
        result == Result.FAILED
            ? ifMatch.isPresent() ? "If-Match" : "If-Unmodified-Since"
            : ifNoneMatch.isPresent() ? "If-None-Match" : "If-Modified-Since";
    return S3Error.PRECONDITION_FAILED.refused().with("Condition", prefix + name);
  }

  private static boolean matches(String tags, String etag) {
    return Arrays.stream(tags.split(",", -1))
        .map(Preconditions::unquoted)
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
  }

  /// An entity tag without its quotes and its mark of weakness.
  static String unquoted(String tag) {
    String strong = tag.strip().startsWith("W/") ? tag.strip().substring(2) : tag.strip();
    boolean quoted = strong.length() >= 2 && strong.startsWith("\"") && strong.endsWith("\"");
    return quoted ? strong.substring(1, strong.length() - 1) : strong;
  }
}
