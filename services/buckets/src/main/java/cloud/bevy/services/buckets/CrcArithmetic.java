package cloud.bevy.services.buckets;

/// Computes the CRC of two pieces put together from the CRCs of the pieces, without their bytes.
/// For reflected CRCs that begin and end with all bits inverted, as zlib's `crc32_combine`.
///
/// @param polynomial with its bits reversed
/// @param width in bits
record CrcArithmetic(long polynomial, int width) {
  /// The CRC of `left` followed by `right`.
  ///
  /// @param rightLength how many bytes `right` is the CRC of
  long combine(long left, long right, long rightLength) {
    return multiply(powerOfX(rightLength), left) ^ right;
  }

  /// `x` to the power of `8 * bytes`, modulo the polynomial.
  private long powerOfX(long bytes) {
    long result = 1L << (width - 1);
    long square = 1L << (width - 1 - 8);
    for (long left = bytes; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        result = multiply(result, square);
      }
      square = multiply(square, square);
    }
    return result;
  }

  /// The product of two polynomials whose highest bit stands for `x^0`.
  private long multiply(long a, long b) {
    long product = 0;
    long shifted = b;
    for (int bit = width - 1; bit >= 0; bit--) {
      if ((a >>> bit & 1) != 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : shifted >>> 1 ^ polynomial;
    }
    return product;
  }
}
