package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Headers;
import java.util.List;
import java.util.Optional;

/// How requests for one of S3's operations look.
///
/// @param operation its name in the Amazon S3 API Reference
/// @param queries the parameters it has
/// @param header a header it has, if one tells it from another operation
record S3Route(
    String operation,
    String method,
    S3Target.Level level,
    List<String> queries,
    Optional<String> header) {
  /// Whether a request of this method and level is for this operation.
  boolean takes(QueryString query, Headers headers) {
    return queries.stream().allMatch(query::has) && header.map(headers::has).orElse(true);
  }

  /// The same, for requests that have a header too.
  S3Route with(String name) {
    return new S3Route(operation, method, level, queries, Optional.of(name));
  }
}
