package cloud.bevy.services.tables;

import java.util.Arrays;
import java.util.Base64;

/// Bytes that cannot change: the value of a binary attribute. Ordered as unsigned bytes.
public final class Binary implements Comparable<Binary> {
  private final byte[] bytes;

  private Binary(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A copy of `bytes`.
  public static Binary of(byte[] bytes) {
    return new Binary(bytes.clone());
  }

  /// A copy of the bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// How many bytes there are.
  public int length() {
    return bytes.length;
  }

  /// Whether the bytes begin with those of `prefix`.
  public boolean startsWith(Binary prefix) {
    return bytes.length >= prefix.bytes.length
        && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
  }

  /// Whether the bytes of `part` occur somewhere in these, one after the other.
  public boolean contains(Binary part) {
    int last = bytes.length - part.bytes.length;
    for (int start = 0; start <= last; start++) {
      int end = start + part.bytes.length;
      if (Arrays.equals(bytes, start, end, part.bytes, 0, part.bytes.length)) {
        return true;
      }
    }
    return false;
  }

  /// The bytes themselves, for code of this package that does not change them.
  byte[] shared() {
    return bytes;
  }

  @Override
  public int compareTo(Binary other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
