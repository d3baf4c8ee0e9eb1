package cloud.bevy.hyper.bee;

import java.util.Arrays;
import java.util.Objects;

/// A key and its value, as they were put.
///
/// @param sequence the index of the block that put it: later puts have larger ones
/// @param key the key's bytes, by which entries are ordered
/// @param value the value's bytes; empty also where JavaScript put `null`
public record BeeEntry(long sequence, byte[] key, byte[] value) {
  /// Takes the arrays as they are.
  public BeeEntry {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BeeEntry entry
        && sequence == entry.sequence
        && Arrays.equals(key, entry.key)
        && Arrays.equals(value, entry.value);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(sequence) + Arrays.hashCode(key)) + Arrays.hashCode(value);
  }
}
