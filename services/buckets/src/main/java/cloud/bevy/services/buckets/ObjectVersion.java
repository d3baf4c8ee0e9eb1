package cloud.bevy.services.buckets;

import java.util.HexFormat;
import java.util.OptionalLong;

/// Which of a key's versions something is.
///
/// @param id what callers know it by: 32 hexadecimal digits, or `null`
/// @param sequence later versions of a key have larger ones
public record ObjectVersion(String id, long sequence) {
  /// The id of the one version that a key has where the bucket keeps no others.
  public static final String NULL = "null";

  static final int RANDOM_BYTES = 8;
  private static final int DIGITS = 2 * (Long.BYTES + RANDOM_BYTES);

  /// The version without an id of its own.
  static ObjectVersion none(long sequence) {
    return new ObjectVersion(NULL, sequence);
  }

  /// A version that is kept beside others. Its id begins with its sequence, so that it is found
  /// without a search, and ends with random digits, so that nobody takes ids for numbers.
  static ObjectVersion kept(long sequence, byte[] random) {
    HexFormat hex = HexFormat.of();
    return new ObjectVersion(hex.toHexDigits(sequence) + hex.formatHex(random), sequence);
  }

  /// The sequence in an id; nothing where that is none of ours.
  static OptionalLong sequence(String id) {
    boolean ours = id.length() == DIGITS && id.chars().allMatch(HexFormat::isHexDigit);
    return ours
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(id, 0, 2 * Long.BYTES))
        : OptionalLong.empty();
  }

  /// Whether an id can be one.
  public static boolean isId(String text) {
    return text.equals(NULL) || sequence(text).isPresent();
  }

  /// Whether it has no id of its own.
  public boolean isNull() {
    return id.equals(NULL);
  }
}
