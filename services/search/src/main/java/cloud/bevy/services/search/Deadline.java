package cloud.bevy.services.search;

import cloud.bevy.foundation.base.Time;
import java.time.Duration;
import org.apache.lucene.index.QueryTimeout;

/// When a search ends with what it has found.
final class Deadline implements QueryTimeout {
  private final Time time;
  private final long end;

  Deadline(Time time, Duration left) {
    this.time = time;
    end = time.nanos() + left.toNanos();
  }

  @Override
  public boolean shouldExit() {
    return time.nanos() - end > 0;
  }
}
