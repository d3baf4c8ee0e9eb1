package cloud.bevy.services.buckets;

/// Something that a bucket's lifecycle has come to for a version of a key.
sealed interface LifecycleStep {
  /// The key has no object from now on.
  record Expire(StoredObject object) implements LifecycleStep {}

  /// A version goes for good that is not current.
  record Remove(KeyVersion version, Noncurrent place) implements LifecycleStep {}

  /// A mark goes that is all that its key has.
  record Unmark(DeleteMarker marker) implements LifecycleStep {}

  /// An object gets another storage class.
  record Move(StoredObject object, LifecycleMove to) implements LifecycleStep {}
}
