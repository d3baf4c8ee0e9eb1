package cloud.bevy.services.buckets;

import java.util.List;
import java.util.Optional;

/// One rule of a bucket's lifecycle: which objects it is for, and what becomes of them when.
///
/// @param id unique in its bucket
/// @param enabled whether it is carried out
/// @param expiration when an object that is current is deleted
/// @param expiredMarkers whether a delete marker is deleted that is an object's only version
/// @param noncurrentExpiration when a version is deleted that is no longer current
/// @param abortUploadsAfter how many days after it began an upload is aborted that has not ended
/// @param transitions when an object gets another storage class
/// @param noncurrentTransitions when a version gets another storage class that is no longer current
public record LifecycleRule(
    String id,
    boolean enabled,
    LifecycleFilter filter,
    Optional<LifecycleTime> expiration,
    boolean expiredMarkers,
    Optional<NoncurrentExpiration> noncurrentExpiration,
    Optional<Integer> abortUploadsAfter,
    List<Transition> transitions,
    List<NoncurrentTransition> noncurrentTransitions) {
  /// Copies the lists.
  public LifecycleRule {
    transitions = List.copyOf(transitions);
    noncurrentTransitions = List.copyOf(noncurrentTransitions);
  }

  /// When a version is deleted that is no longer current.
  ///
  /// @param days since it was no longer current
  /// @param kept how many of the newest such versions stay nevertheless
  public record NoncurrentExpiration(int days, Optional<Integer> kept) {}

  /// When an object gets another storage class.
  public record Transition(LifecycleTime time, String storageClass) {}

  /// When a version gets another storage class that is no longer current.
  ///
  /// @param days since it was no longer current
  /// @param kept how many of the newest such versions stay as they are
  public record NoncurrentTransition(int days, Optional<Integer> kept, String storageClass) {}
}
