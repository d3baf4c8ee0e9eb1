package cloud.bevy.hyper.bee;

import java.util.Arrays;

/// Keys under a prefix: a sub-bee's keys are its name, a zero byte, and the key within it.
final class Sub {
  private static final byte SEPARATOR = 0;

  private Sub() {}

  /// The prefix of the sub-bee with a name.
  static byte[] prefix(byte[] name) {
    byte[] prefix = Arrays.copyOf(name, name.length + 1);
    prefix[name.length] = SEPARATOR;
    return prefix;
  }

  static byte[] join(byte[] prefix, byte[] key) {
    byte[] joined = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, joined, prefix.length, key.length);
    return joined;
  }

  /// The entry as the sub-bee shows it.
  static BeeEntry strip(byte[] prefix, BeeEntry entry) {
    byte[] key = Arrays.copyOfRange(entry.key(), prefix.length, entry.key().length);
    return new BeeEntry(entry.sequence(), key, entry.value());
  }
}
