package cloud.bevy.hyper.bee;

import java.util.Optional;

/// An editor of the keys that begin with a prefix, without it.
///
/// @param whole the editor of all keys
/// @param prefix what the keys begin with
record SubEditor(BeeEditor whole, byte[] prefix) implements BeeEditor {
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
  public long put(byte[] key, byte[] value) {
    return whole.put(Sub.join(prefix, key), value);
  }

  @Override
  public boolean delete(byte[] key) {
    return whole.delete(Sub.join(prefix, key));
  }

  @Override
  public BeeEditor sub(byte[] name) {
    return new SubEditor(whole, Sub.join(prefix, Sub.prefix(name)));
  }
}
