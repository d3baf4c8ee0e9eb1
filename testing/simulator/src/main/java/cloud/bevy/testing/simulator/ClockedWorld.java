package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.Time;
import java.time.Duration;
import java.time.Instant;

/// The real world with a wall clock that goes on only when a test says so. Its log is silent.
public final class ClockedWorld extends PartlyRealWorld {
  private volatile Instant now = Instant.parse("2026-11-26T10:00:00Z");

  /// A world in which it is ten in the morning of a day in 2026.
  public ClockedWorld() {
    super(RealWorld.create((level, sentence) -> {}));
  }

  /// What the wall clock says.
  public Instant now() {
    return now;
  }

  /// Lets the wall clock go on.
  public void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Time time() {
    Time real = super.time();
    return new Time() {
      @Override
      public Instant now() {
        return now;
      }

      @Override
      public long nanos() {
        return real.nanos();
      }
    };
  }
}
