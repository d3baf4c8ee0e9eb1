package cloud.bevy.foundation.base;

import java.time.Instant;

/// The clocks of the machine.
final class RealTime implements Time {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
