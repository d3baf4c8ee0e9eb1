package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.wire.Ids;
import java.util.Arrays;

/// The name of a cloud among all clouds: its Ed25519 public key, 32 bytes.
public final class CloudKey implements Comparable<CloudKey> {
  /// The length of a key in bytes.
  public static final int LENGTH = 32;

  private final byte[] bytes;

  /// @throws IllegalArgumentException if there are not 32 bytes
  public CloudKey(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a cloud's key has 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /// A copy of the 32 bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(CloudKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CloudKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The 52 characters of z-base-32 that people pass around.
  @Override
  public String toString() {
    return Ids.encode(bytes);
  }
}
