package cloud.bevy.hyper.bee;

/// The entries of a sub-bee's range.
///
/// @param whole the same entries with the sub-bee's prefix
/// @param prefix what to take off their keys
record SubCursor(BeeCursor whole, byte[] prefix) implements BeeCursor {
  @Override
  public boolean hasNext() {
    return whole.hasNext();
  }

  @Override
  public BeeEntry next() {
    return Sub.strip(prefix, whole.next());
  }
}
