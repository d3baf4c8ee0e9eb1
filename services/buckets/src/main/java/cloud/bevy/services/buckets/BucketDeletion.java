package cloud.bevy.services.buckets;

/// What became of a bucket that was to be deleted.
public enum BucketDeletion {
  /// It is gone, durably.
  DELETED,
  /// There is none of that name.
  NO_SUCH_BUCKET,
  /// It still has objects.
  NOT_EMPTY
}
