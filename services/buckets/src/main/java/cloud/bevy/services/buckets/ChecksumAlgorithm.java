package cloud.bevy.services.buckets;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/// The checksums that S3 lets a client give with an object.
public enum ChecksumAlgorithm {
  /// CRC-32, as in zip.
  CRC32(4),
  /// CRC-32C (Castagnoli).
  CRC32C(4),
  /// CRC-64/NVME.
  CRC64NVME(8),
  /// SHA-1.
  SHA1(20),
  /// SHA-256.
  SHA256(32),
  /// SHA-512.
  SHA512(64),
  /// MD5.
  MD5(16),
  /// XXH64.
  XXHASH64(8),
  /// XXH3 of 64 bits.
  XXHASH3(8),
  /// XXH3 of 128 bits.
  XXHASH128(16);

  private static final CrcArithmetic CRC32_ARITHMETIC = new CrcArithmetic(0xedb88320L, 32);
  private static final CrcArithmetic CRC32C_ARITHMETIC = new CrcArithmetic(0x82f63b78L, 32);
  private static final CrcArithmetic CRC64_ARITHMETIC = new CrcArithmetic(Crc64Nvme.POLYNOMIAL, 64);

  /// The one of objects whose sender names none.
  public static final ChecksumAlgorithm USUAL = CRC64NVME;

  private final int size;

  ChecksumAlgorithm(int size) {
    this.size = size;
  }

  /// How many bytes a value has.
  public int size() {
    return size;
  }

  /// Whether the value of a whole can be had from those of its parts.
  public boolean combines() {
    return arithmetic().isPresent();
  }

  /// A fresh computation.
  public Digest digest() {
    return switch (this) {
      case CRC32 -> new CrcDigest(new CRC32(), size);
      case CRC32C -> new CrcDigest(new CRC32C(), size);
      case CRC64NVME -> new CrcDigest(new Crc64Nvme(), size);
      case SHA1 -> new HashDigest("SHA-1");
      case SHA256 -> new HashDigest("SHA-256");
      case SHA512 -> new HashDigest("SHA-512");
      case MD5 -> new HashDigest("MD5");
      case XXHASH64 -> new XxHash64();
      case XXHASH3 -> new XxHash3(false);
      case XXHASH128 -> new XxHash3(true);
    };
  }

  /// The value of two pieces put together.
  ///
  /// @param rightLength how many bytes `right` is the value of
  /// @throws IllegalStateException if this algorithm does not combine
  public byte[] combine(byte[] left, byte[] right, long rightLength) {
    CrcArithmetic crc =
        arithmetic().orElseThrow(() -> new IllegalStateException(this + " does not combine"));
    return bytes(crc.combine(number(left), number(right), rightLength), size);
  }

  /// A computation that takes bytes in and gives a value once.
  public interface Digest {
    /// Takes in a piece.
    void update(byte[] bytes, int offset, int length);

    /// The value of all that was taken in. Nothing may be taken in after.
    byte[] value();
  }

  private Optional<CrcArithmetic> arithmetic() {
    return switch (this) {
      case CRC32 -> Optional.of(CRC32_ARITHMETIC);
      case CRC32C -> Optional.of(CRC32C_ARITHMETIC);
      case CRC64NVME -> Optional.of(CRC64_ARITHMETIC);
      case SHA1, SHA256, SHA512, MD5, XXHASH64, XXHASH3, XXHASH128 -> Optional.empty();
    };
  }

  private static byte[] bytes(long number, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (number >>> (8 * (size - 1 - i)));
    }
    return bytes;
  }

  private static long number(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == Long.BYTES ? buffer.getLong() : buffer.getInt() & 0xffffffffL;
  }

  private record CrcDigest(Checksum crc, int size) implements Digest {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      crc.update(bytes, offset, length);
    }

    @Override
    public byte[] value() {
      return bytes(crc.getValue(), size);
    }
  }

  private record HashDigest(MessageDigest hash) implements Digest {
    HashDigest(String name) {
      this(hash(name));
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      hash.update(bytes, offset, length);
    }

    @Override
    public byte[] value() {
      return hash.digest();
    }

    private static MessageDigest hash(String name) {
      try {
        return MessageDigest.getInstance(name);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has " + name, e);
      }
    }
  }
}
