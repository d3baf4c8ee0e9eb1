package cloud.bevy.hyper.bee;

import java.util.Optional;

/// An ordered map from bytes to bytes that can be read. Every method that reads throws [BeeFault]
/// where the tree cannot be read.
public interface BeeView {
  /// The version that is seen: as many blocks of the core as made it.
  long version();

  /// The entry of a key.
  Optional<BeeEntry> get(byte[] key);

  /// The entries of a range, in order, read lazily.
  BeeCursor range(Range range);

  /// The sub-bee with a name: the keys that begin with the name and a zero byte, without these.
  BeeView sub(byte[] name);
}
