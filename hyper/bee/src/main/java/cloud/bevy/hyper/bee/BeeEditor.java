package cloud.bevy.hyper.bee;

/// An ordered map from bytes to bytes that is being changed: reads see the changes.
public interface BeeEditor extends BeeView {
  /// Gives a key a value. A put of the value that is there already is a new entry too.
  ///
  /// @return the entry's sequence
  long put(byte[] key, byte[] value);

  /// Takes a key out.
  ///
  /// @return whether it was there
  boolean delete(byte[] key);

  /// The sub-bee with a name, to be changed as part of this one.
  @Override
  BeeEditor sub(byte[] name);
}
