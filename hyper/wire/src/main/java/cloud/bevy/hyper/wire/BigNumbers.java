package cloud.bevy.hyper.wire;

import java.math.BigInteger;

/// The numbers of compact-encoding that need not fit into 53 bits, and `lexint`, whose encoding
/// sorts as the numbers do.
public final class BigNumbers {
  /// The most 64-bit words that a number may have.
  public static final int MOST_WORDS = 1 << 16;

  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);
  private static final int LEXINT_ONE_BYTE = 251;
  private static final int LEXINT_LARGE = 0xff;

  private BigNumbers() {}

  /// Writes a `biguint`: the number of 64-bit words, then the words, lowest first.
  public static void write(Encoder encoder, BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > MOST_WORDS * Long.SIZE) {
      throw new IllegalArgumentException("a biguint is neither negative nor that large");
    }
    int words = (value.bitLength() + Long.SIZE - 1) / Long.SIZE;
    encoder.uint(words);
    for (int at = 0; at < words; at++) {
      encoder.bits64(value.shiftRight(at * Long.SIZE).longValue());
    }
  }

  /// Reads a `biguint`.
  public static BigInteger read(Decoder decoder) throws MalformedException {
    int words = decoder.uintUpTo(MOST_WORDS);
    byte[] bytes = decoder.fixed(words * Long.BYTES);
    byte[] reversed = new byte[bytes.length];
    for (int at = 0; at < bytes.length; at++) {
      reversed[at] = bytes[bytes.length - 1 - at];
    }
    return new BigInteger(1, reversed);
  }

  /// Writes a `bigint`: a zig-zag `biguint`.
  public static void writeSigned(Encoder encoder, BigInteger value) {
    write(encoder, zigZag(value));
  }

  /// Reads a `bigint`.
  public static BigInteger readSigned(Decoder decoder) throws MalformedException {
    return unZigZag(read(decoder));
  }

  /// Writes a `bigint64`: a zig-zag `biguint64`.
  public static void writeSigned64(Encoder encoder, long value) {
    encoder.bits64((value << 1) ^ (value >> 63));
  }

  /// Reads a `bigint64`.
  public static long readSigned64(Decoder decoder) throws MalformedException {
    long value = decoder.bits64();
    return (value >>> 1) ^ -(value & 1);
  }

  /// The number that a `biguint64` of these 64 bits stands for.
  public static BigInteger unsigned(long bits) {
    BigInteger value = BigInteger.valueOf(bits);
    return bits < 0 ? value.add(WORD) : value;
  }

  /// Writes a `lexint`. Of numbers above 2^43 it keeps the 44 highest bits only.
  ///
  /// The exponent is found as JavaScript finds it, by logarithms, so that the bytes are the same.
  public static void writeLexint(Encoder encoder, long value) {
    if (value < 0 || value > Encoder.LARGEST) {
      throw new IllegalArgumentException(value + " is not between 0 and 2^53 - 1");
    }
    long rest = value - LEXINT_ONE_BYTE;
    if (rest < 0) {
      encoder.uint8((int) value);
      return;
    }
    int size = (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / Byte.SIZE;
    if (size <= 4) {
      encoder.uint8(LEXINT_ONE_BYTE + size - 1);
      bigEndian(encoder, rest, size);
      return;
    }
    int exponent = (int) Math.floor(StrictMath.log((double) rest) / StrictMath.log(2)) - 32;
    encoder.uint8(LEXINT_LARGE).uint8(exponent & 0xff);
    bigEndian(encoder, exponent > 11 ? rest >> (exponent - 11) : rest << (11 - exponent), 6);
  }

  /// Reads a `lexint`.
  public static long readLexint(Decoder decoder) throws MalformedException {
    int first = decoder.uint8();
    if (first < LEXINT_ONE_BYTE) {
      return first;
    }
    if (first < LEXINT_LARGE) {
      return bigEndian(decoder, first - LEXINT_ONE_BYTE + 1) + LEXINT_ONE_BYTE;
    }
    int exponent = (byte) decoder.uint8();
    if (exponent < -1 || exponent > 21) {
      throw new MalformedException("a lexint is larger than 2^53 - 1");
    }
    long digits = bigEndian(decoder, 6);
    long rest = exponent > 11 ? digits << (exponent - 11) : digits >> (11 - exponent);
    if (rest < 0 || rest > Encoder.LARGEST - LEXINT_ONE_BYTE) {
      throw new MalformedException("a lexint is larger than 2^53 - 1");
    }
    return rest + LEXINT_ONE_BYTE;
  }

  private static void bigEndian(Encoder encoder, long value, int size) {
    for (int shift = (size - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      encoder.uint8((int) (value >>> shift) & 0xff);
    }
  }

  private static long bigEndian(Decoder decoder, int size) throws MalformedException {
    long value = 0;
    for (int at = 0; at < size; at++) {
      value = value << Byte.SIZE | decoder.uint8();
    }
    return value;
  }

  private static BigInteger zigZag(BigInteger value) {
    BigInteger twice = value.shiftLeft(1);
    return value.signum() < 0 ? twice.negate().subtract(BigInteger.ONE) : twice;
  }

  private static BigInteger unZigZag(BigInteger value) {
    BigInteger half = value.shiftRight(1);
    return value.testBit(0) ? half.negate().subtract(BigInteger.ONE) : half;
  }
}
