package cloud.bevy.services.buckets;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// When a [LifecycleRule] does something to an object.
public sealed interface LifecycleTime {
  /// So many days after the object was stored, at the midnight (UTC) that follows.
  record Days(int days) implements LifecycleTime {}

  /// On a day, whenever the object was stored.
  record Date(Instant midnight) implements LifecycleTime {}

  /// The moment.
  ///
  /// @param modified when the object was stored
  default Instant due(Instant modified) {
    return switch (this) {
      case Days(int days) -> midnightAfter(modified, days);
      case Date(Instant midnight) -> midnight;
    };
  }

  /// The next midnight (UTC).
  static Instant nextMidnight(Instant now) {
    return now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
  }

  /// The first midnight (UTC) that comes when so many whole days have passed.
  static Instant midnightAfter(Instant moment, int days) {
    Instant passed = moment.plus(days, ChronoUnit.DAYS);
    Instant midnight = passed.truncatedTo(ChronoUnit.DAYS);
    return midnight.equals(passed) ? midnight : midnight.plus(1, ChronoUnit.DAYS);
  }
}
