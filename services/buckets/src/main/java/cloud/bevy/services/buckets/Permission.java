package cloud.bevy.services.buckets;

/// What a [Grant] of an access control list allows.
public enum Permission {
  /// Everything that the others allow.
  FULL_CONTROL,
  /// To list a bucket's objects, or to read an object.
  READ,
  /// To put objects into a bucket and to delete them.
  WRITE,
  /// To read the list itself.
  READ_ACP,
  /// To replace the list itself.
  WRITE_ACP;

  /// Whether this is enough for what `needed` allows.
  boolean covers(Permission needed) {
    return this == FULL_CONTROL || this == needed;
  }
}
