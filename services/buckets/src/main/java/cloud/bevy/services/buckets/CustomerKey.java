package cloud.bevy.services.buckets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A key of 256 bits that a caller brings along and that is never stored.
public final class CustomerKey {
  /// Its size in bytes.
  public static final int BYTES = 32;

  private final byte[] bytes;

  /// @param bytes 32 of them
  public CustomerKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  byte[] bytes() {
    return bytes;
  }

  /// The Base64 of its MD5, by which callers tell keys apart.
  public String md5() {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /// Never the key.
  @Override
  public String toString() {
    return "CustomerKey[" + md5() + "]";
  }
}
