package cloud.bevy.services.buckets;

import java.util.Optional;

/// An object to be deleted.
///
/// @param version which of the key's versions is to go for good; where none is named, the key has
///   no object from then on, and what it had is kept where the bucket keeps versions
/// @param condition what must be true of it
/// @param bypass whether the caller may delete what is kept by governance
public record ObjectDeletion(
    ObjectKey key, Optional<String> version, WriteCondition condition, boolean bypass) {
  /// Deletes what a key has now.
  public static ObjectDeletion of(ObjectKey key) {
    return new ObjectDeletion(key, Optional.empty(), WriteCondition.always(), false);
  }

  /// What became of it.
  ///
  /// @param version that was taken away or, where a mark was made, the mark; nothing where there
  ///   was none or the bucket never kept versions
  /// @param marker whether that is a mark
  public record Outcome(Result result, Optional<ObjectVersion> version, boolean marker) {
    static Outcome refused(Result result) {
      return new Outcome(result, Optional.empty(), false);
    }
  }

  /// Whether it was deleted.
  public enum Result {
    /// It is not there, durably; it may never have been.
    DELETED,
    /// The condition does not hold.
    CONDITION_FAILED,
    /// There is no object to compare with.
    NO_SUCH_KEY,
    /// The version is kept from being deleted.
    LOCKED,
    /// The bucket was deleted in the meantime.
    BUCKET_GONE
  }
}
