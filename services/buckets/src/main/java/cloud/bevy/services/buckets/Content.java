package cloud.bevy.services.buckets;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Bytes on their way into a bucket, and what their sender says of them.
///
/// @param bytes read to its end; what it throws ends the upload without a trace
/// @param length how many bytes there must be, or -1 where `bytes` ends only at its right end
/// @param md5 what their MD5 must be
/// @param checksum what their checksum must be
/// @param key that the sender brings along to have them encrypted
public record Content(
    InputStream bytes,
    long length,
    Optional<byte[]> md5,
    Optional<Claim> checksum,
    Optional<CustomerKey> key) {
  /// Bytes of which nothing is said.
  public static Content of(InputStream bytes, long length) {
    return new Content(bytes, length, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// The same with a key.
  public Content with(Optional<CustomerKey> other) {
    return new Content(bytes, length, md5, checksum, other);
  }

  /// A checksum that may be known only once all bytes have been read.
  ///
  /// @param value asked after the last byte
  public record Claim(ChecksumAlgorithm algorithm, Value value) {
    /// A value that comes late.
    @FunctionalInterface
    public interface Value {
      /// The value, or nothing where it need only be computed.
      Optional<byte[]> get() throws IOException;
    }
  }
}
