package cloud.bevy.services.buckets;

import java.time.Instant;

/// What a [PointInTime] is in a bucket.
public sealed interface ResolvedPoint {
  /// A version of its log.
  record Found(long version) implements ResolvedPoint {}

  /// The bucket was made later.
  record TooEarly(Instant created) implements ResolvedPoint {}

  /// It is still to come.
  ///
  /// @param newest the version that there is
  record NotYet(long newest) implements ResolvedPoint {}
}
