package cloud.bevy.services.tables;

import java.time.Duration;
import java.time.Instant;

/// That a table may be restored to any second of some time past.
///
/// @param since when that was asked for
/// @param days how far back it goes
public record Recovery(Instant since, int days) {
  /// The most days, and as many as there are where nobody says how many.
  public static final int MOST_DAYS = 35;

  /// Checks the days.
  public Recovery {
    if (days < 1 || days > MOST_DAYS) {
      throw new IllegalArgumentException("a recovery period of " + days + " days");
    }
  }

  /// The earliest second to which the table may be restored.
  public Instant earliest(Instant now) {
    Instant kept = now.minus(Duration.ofDays(days));
    Instant earliest = kept.isAfter(since) ? kept : since;
    return Instant.ofEpochSecond(earliest.getEpochSecond());
  }
}
