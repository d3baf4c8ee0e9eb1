package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.Optional;

/// What keeps a version of an object from being deleted.
///
/// @param legalHold whether it is kept until that is taken back; nothing where it was never said
public record ObjectLock(Optional<Retention> retention, Optional<Boolean> legalHold) {
  /// Nothing.
  public static final ObjectLock NONE = new ObjectLock(Optional.empty(), Optional.empty());

  /// Whether the version must stay.
  ///
  /// @param bypass whether the caller may undo what governs
  boolean forbids(Instant now, boolean bypass) {
    return legalHold.orElse(false)
        || retention
            .filter(it -> it.holds(now) && !(it.mode() == LockMode.GOVERNANCE && bypass))
            .isPresent();
  }
}
