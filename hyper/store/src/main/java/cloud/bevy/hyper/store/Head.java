package cloud.bevy.hyper.store;

import java.util.Arrays;

/// Where a core ends: how many blocks and bytes it has, under which fork, and the signature over
/// its tree. The arrays belong to the head and are not changed by anyone.
///
/// @param length blocks
/// @param byteLength bytes in all blocks together
/// @param fork how often the core was truncated
/// @param rootHash the hash over the tree's roots; at most 255 bytes
/// @param signature what proves the rest; at most 65,535 bytes, opaque to the store
public record Head(long length, long byteLength, long fork, byte[] rootHash, byte[] signature) {
  private static final int MAXIMUM_ROOT_HASH = 0xff;
  private static final int MAXIMUM_SIGNATURE = 0xffff;
  private static final Head EMPTY = new Head(0, 0, 0, new byte[0], new byte[0]);

  /// Checks that nothing is negative or too long.
  public Head {
    if (length < 0 || byteLength < 0 || fork < 0) {
      throw new IllegalArgumentException(
          "a head's numbers are not negative: " + length + ", " + byteLength + ", " + fork);
    }
    if (rootHash.length > MAXIMUM_ROOT_HASH || signature.length > MAXIMUM_SIGNATURE) {
      throw new IllegalArgumentException(
          "root hash or signature too long: " + rootHash.length + ", " + signature.length);
    }
  }

  /// The head of a core that has no block, no fork and no signature.
  public static Head empty() {
    return EMPTY;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Head head
        && length == head.length
        && byteLength == head.byteLength
        && fork == head.fork
        && Arrays.equals(rootHash, head.rootHash)
        && Arrays.equals(signature, head.signature);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(length * 31 + fork) * 31 + Arrays.hashCode(rootHash);
  }

  @Override
  public String toString() {
    return "Head[" + length + " blocks, " + byteLength + " bytes, fork " + fork + "]";
  }
}
