package cloud.bevy.foundation.base;

import java.time.Instant;

/// The clocks.
public interface Time {
  /// The wall clock, which may jump.
  Instant now();

  /// A clock that never goes back, in nanoseconds from an arbitrary origin; for durations only.
  long nanos();
}
