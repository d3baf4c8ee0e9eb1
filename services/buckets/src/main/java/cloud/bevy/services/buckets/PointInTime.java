package cloud.bevy.services.buckets;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A point in a bucket's past, as people name it.
public sealed interface PointInTime {
  /// A moment.
  record At(Instant moment) implements PointInTime {}

  /// Some time ago.
  record Ago(Duration duration) implements PointInTime {}

  /// A version of the bucket's log.
  record Version(long number) implements PointInTime {}

  /// Reads `2026-11-26T10:00:00Z` or `20261126T100000Z` (ISO 8601, UTC where nothing is said), a
  /// date alone for its first moment, `-2h` or `2h` (also `90m`, `30s`, `7d`, `2w`, `1d12h`) for
  /// some time ago, and `v123` for a version of the log.
  ///
  /// @return nothing where it is none of these
  static Optional<PointInTime> read(String text) {
    return PointInTimeText.version(text)
        .or(() -> duration(text.startsWith("-") ? text.substring(1) : text).map(Ago::new))
        .or(() -> PointInTimeText.moment(text).map(At::new));
  }

  /// Reads a span of time: `2h`, `90m`, `30s`, `7d`, `2w`, or several together: `1d12h`; a thousand
  /// years at most.
  static Optional<Duration> duration(String text) {
    return PointInTimeText.duration(text);
  }
}
