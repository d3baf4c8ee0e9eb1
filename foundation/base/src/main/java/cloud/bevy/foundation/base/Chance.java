package cloud.bevy.foundation.base;

/// Where randomness comes from. Good enough for keys and nonces in the real world.
public interface Chance {
  /// Fills the whole array.
  void fill(byte[] bytes);

  /// A fresh array of `count` random bytes.
  default byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    fill(bytes);
    return bytes;
  }

  /// A uniformly distributed 64-bit number.
  long nextLong();

  /// A uniformly distributed number in `[0, bound)`.
  ///
  /// @throws IllegalArgumentException if `bound` is not positive
  int below(int bound);
}
