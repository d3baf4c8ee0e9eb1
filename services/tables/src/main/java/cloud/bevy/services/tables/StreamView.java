package cloud.bevy.services.tables;

/// What the records of a stream show of an item beside its key.
public enum StreamView {
  /// Nothing.
  KEYS_ONLY,
  /// What it is after the change.
  NEW_IMAGE,
  /// What it was before.
  OLD_IMAGE,
  /// Both.
  NEW_AND_OLD_IMAGES;

  /// Whether what the item was is shown.
  public boolean showsOld() {
    return this == OLD_IMAGE || this == NEW_AND_OLD_IMAGES;
  }

  /// Whether what the item has become is shown.
  public boolean showsNew() {
    return this == NEW_IMAGE || this == NEW_AND_OLD_IMAGES;
  }
}
