package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.Optional;

/// Until when a version cannot be deleted.
public record Retention(LockMode mode, Instant until) {
  /// Whether it holds at a moment.
  boolean holds(Instant now) {
    return until.isAfter(now);
  }

  /// Whether it may be replaced at a moment: by a longer one of the same kind always.
  ///
  /// @param other what is to take its place; nothing is the shortest
  /// @param bypass whether the caller may undo what governs
  boolean yields(Optional<Retention> other, Instant now, boolean bypass) {
    if (!holds(now) || (mode == LockMode.GOVERNANCE && bypass)) {
      return true;
    }
    return other.isPresent() && !other.get().until.isBefore(until) && !other.get().isWeaker(this);
  }

  private boolean isWeaker(Retention other) {
    return mode == LockMode.GOVERNANCE && other.mode == LockMode.COMPLIANCE;
  }
}
