package cloud.bevy.services.buckets;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The keys of versions in a bucket's bee, which sort as S3 lists them: by the bytes of the
/// object's key, the latest first. The object's key is written as in [UploadKeys].
final class VersionKeys {
  private VersionKeys() {}

  /// A version's key.
  static byte[] version(String key, long sequence) {
    byte[] prefix = of(key);
    return ByteBuffer.allocate(prefix.length + Long.BYTES)
        .put(prefix)
        .putLong(Long.MAX_VALUE - sequence)
        .array();
  }

  /// What the keys of all versions of an object begin with.
  static byte[] of(String key) {
    return UploadKeys.uploadsOf(key);
  }

  /// What the keys of versions begin with, of all objects whose keys begin with `prefix`.
  static byte[] under(String prefix) {
    return UploadKeys.uploadsUnder(prefix);
  }

  /// The object's key in a version's key.
  static String objectKey(byte[] version) {
    return UploadKeys.objectKey(Arrays.copyOf(version, version.length - Long.BYTES));
  }

  /// The sequence in a version's key.
  static long sequence(byte[] version) {
    return Long.MAX_VALUE
        - ByteBuffer.wrap(version, version.length - Long.BYTES, Long.BYTES).getLong();
  }
}
