package cloud.bevy.hyper.bee;

import java.util.Optional;

/// A view of the keys that begin with a prefix, without it.
///
/// @param whole the view of all keys
/// @param prefix what the keys begin with
record SubView(BeeView whole, byte[] prefix) implements BeeView {
  @Override
  public long version() {
    return whole.version();
  }

  @Override
  public Optional<BeeEntry> get(byte[] key) {
    return whole.get(Sub.join(prefix, key)).map(entry -> Sub.strip(prefix, entry));
  }

  @Override
  public BeeCursor range(Range range) {
    return new SubCursor(whole.range(range.within(prefix)), prefix);
  }

  @Override
  public BeeView sub(byte[] name) {
    return new SubView(whole, Sub.join(prefix, Sub.prefix(name)));
  }
}
