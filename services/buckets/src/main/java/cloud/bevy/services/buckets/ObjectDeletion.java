package cloud.bevy.services.buckets;

/// An object to be deleted.
///
/// @param condition what must be true of it
public record ObjectDeletion(ObjectKey key, WriteCondition condition) {
  /// What became of it.
  public enum Result {
    /// It is not there, durably; it may never have been.
    DELETED,
    /// The condition does not hold.
    CONDITION_FAILED,
    /// There is no object to compare with.
    NO_SUCH_KEY,
    /// The bucket was deleted in the meantime.
    BUCKET_GONE
  }
}
