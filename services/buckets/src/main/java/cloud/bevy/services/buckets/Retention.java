package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.Optional;

/// Until when a version cannot be deleted.
public record Retention(LockMode mode, Instant until) {
  /// Whether it holds at a moment.
  boolean holds(Instant now) {
    return until.isAfter(now);
  }

  /// Whether it may be replaced at a moment: by one of the same kind that is no shorter always.
  ///
  /// @param other what is to take its place; nothing is the shortest
  /// @param bypass whether the caller may undo what governs
  boolean yields(Optional<Retention> other, Instant now, boolean bypass) {
    if (!holds(now) || (mode == LockMode.GOVERNANCE && bypass)) {
      return true;
    }
    return other.filter(it -> it.mode == mode && !it.until.isBefore(until)).isPresent();
  }
}
