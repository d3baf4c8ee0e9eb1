package cloud.bevy.doors.aws;

/// How much one value at the top of a stream of Amazon Ion may have: more than an item can.
final class IonLimits {
  /// Bytes, with what is between it and the value before.
  static final int MOST_BYTES = JsonLines.MOST_BYTES;

  /// Values within each other.
  static final int MOST_DEPTH = 64;

  /// An item has 400 KB, and a value in it at least one byte for itself and one for its place.
  static final int MOST_VALUES = 210_000;

  /// Bytes of a number as text or in binary. A longer one is none that a table can have, and takes
  /// long to read.
  static final int MOST_DIGITS = 1024;

  private int depth;
  private int values;

  /// A value begins.
  void enter() throws IonFault {
    depth++;
    values++;
    if (depth > MOST_DEPTH) {
      throw new IonFault("values are nested more than " + MOST_DEPTH + " levels deep");
    }
    if (values > MOST_VALUES) {
      throw new IonFault("an item has more than " + MOST_VALUES + " values");
    }
  }

  /// A value ends.
  void leave() {
    depth--;
  }

  static void checkDigits(long length) throws IonFault {
    if (length > MOST_DIGITS) {
      throw new IonFault("a number has more than " + MOST_DIGITS + " digits");
    }
  }
}
