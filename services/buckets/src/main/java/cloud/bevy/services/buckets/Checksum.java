package cloud.bevy.services.buckets;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A checksum that was verified when an object or part came in.
///
/// @param value big endian
/// @param parts 0 where it is the checksum of the bytes; otherwise it is that of the checksums of
///   so many parts
public record Checksum(ChecksumAlgorithm algorithm, byte[] value, int parts) {
  /// Checks the size of the value.
  public Checksum {
    if (value.length != algorithm.size() || parts < 0) {
      throw new IllegalArgumentException(
          algorithm + " has " + algorithm.size() + " bytes, not " + value.length);
    }
  }

  /// A part's checksum and size.
  public record OfPart(Checksum checksum, long size) {}

  /// The checksum of bytes.
  public static Checksum of(ChecksumAlgorithm algorithm, byte[] value) {
    return new Checksum(algorithm, value, 0);
  }

  /// Reads `base64` or, for a checksum of checksums, `base64-PARTS`.
  public static Optional<Checksum> read(ChecksumAlgorithm algorithm, String text) {
    int dash = text.indexOf('-');
    String number = dash < 0 ? "0" : text.substring(dash + 1);
    try {
      byte[] value = Base64.getDecoder().decode(dash < 0 ? text : text.substring(0, dash));
      boolean good = value.length == algorithm.size() && number.matches("[0-9]{1,5}");
      return good
          ? Optional.of(new Checksum(algorithm, value, Integer.parseInt(number)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The checksum of all parts' bytes, in order.
  ///
  /// @throws IllegalStateException if the algorithm does not combine
  static Checksum full(ChecksumAlgorithm algorithm, List<OfPart> parts) {
    byte[] value = algorithm.digest().value();
    for (OfPart part : parts) {
      value = algorithm.combine(value, part.checksum.value, part.size);
    }
    return of(algorithm, value);
  }

  /// The checksum of the parts' checksums, in order.
  static Checksum composite(ChecksumAlgorithm algorithm, List<OfPart> parts) {
    ChecksumAlgorithm.Digest digest = algorithm.digest();
    for (OfPart part : parts) {
      digest.update(part.checksum.value, 0, part.checksum.value.length);
    }
    return new Checksum(algorithm, digest.value(), parts.size());
  }

  /// Whether it is a checksum of checksums.
  public boolean composite() {
    return parts > 0;
  }

  /// The form in which it travels: base64, and `-PARTS` where it is composite.
  public String text() {
    String base64 = Base64.getEncoder().encodeToString(value);
    return composite() ? base64 + "-" + parts : base64;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checksum checksum
        && algorithm == checksum.algorithm
        && parts == checksum.parts
        && Arrays.equals(value, checksum.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return algorithm + ":" + text();
  }
}
