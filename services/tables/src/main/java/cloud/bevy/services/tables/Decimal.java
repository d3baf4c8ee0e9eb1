package cloud.bevy.services.tables;

import java.math.BigDecimal;

/// An exact decimal number with DynamoDB's range: up to 38 significant digits, magnitudes from
/// 1E-130 to 9.9999999999999999999999999999999999999E+125, and zero. It has one form only, without
/// exponent, leading or trailing zeros: `1.50E1` is `15`.
public final class Decimal implements Comparable<Decimal> {
  static final int MAXIMUM_DIGITS = 38;
  static final int MAXIMUM_EXPONENT = 125;
  static final int MINIMUM_EXPONENT = -130;

  /// What is said of a number that is too large.
  static final String TOO_LARGE =
      "Number overflow. Attempting to store a number with magnitude larger than supported range";

  /// More characters than any number within the range needs, zeros in front of it included.
  static final int MAXIMUM_CHARACTERS = 1024;

  /// Zero.
  public static final Decimal ZERO = new Decimal(BigDecimal.ZERO);

  private final BigDecimal value;

  private Decimal(BigDecimal value) {
    this.value = value;
  }

  /// Reads a number as it is written in a request: digits, a point, a sign, an exponent.
  ///
  /// @throws InvalidRequest if `text` is not a number, or out of range
  public static Decimal parse(String text) {
    if (text.isEmpty()) {
      throw new InvalidRequest("The parameter cannot be converted to a numeric value");
    }
    if (text.length() > MAXIMUM_CHARACTERS || !text.chars().allMatch(Decimal::mayOccur)) {
      throw notNumeric(text);
    }
    try {
      return of(new BigDecimal(text));
    } catch (NumberFormatException _) {
      throw notNumeric(text);
    }
  }

  /// The number `value`.
  ///
  /// @throws InvalidRequest if it is out of range
  public static Decimal of(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    if (stripped.signum() == 0) {
      return ZERO;
    }
    long exponent = (long) stripped.precision() - stripped.scale() - 1;
    if (exponent > MAXIMUM_EXPONENT) {
      throw new InvalidRequest(TOO_LARGE);
    }
    if (exponent < MINIMUM_EXPONENT) {
      throw new InvalidRequest(
          "Number underflow. Attempting to store a number with magnitude smaller than supported"
              + " range");
    }
    if (stripped.precision() > MAXIMUM_DIGITS) {
      throw new InvalidRequest("Attempting to store more than 38 significant digits in a Number");
    }
    return new Decimal(stripped);
  }

  private static boolean mayOccur(int character) {
    return (character >= '0' && character <= '9')
        || character == '.'
        || character == '-'
        || character == '+'
        || character == 'e'
        || character == 'E';
  }

  private static InvalidRequest notNumeric(String text) {
    return new InvalidRequest("The parameter cannot be converted to a numeric value: " + text);
  }

  /// This number and `other` together.
  ///
  /// @throws InvalidRequest if the sum is out of range
  public Decimal plus(Decimal other) {
    return of(value.add(other.value));
  }

  /// This number without `other`.
  ///
  /// @throws InvalidRequest if the difference is out of range
  public Decimal minus(Decimal other) {
    return of(value.subtract(other.value));
  }

  /// The number itself, without trailing zeros.
  public BigDecimal value() {
    return value;
  }

  /// The power of ten of the first digit; of no meaning for zero.
  int exponent() {
    return value.precision() - value.scale() - 1;
  }

  /// The significant digits, without sign and point.
  String digits() {
    return value.unscaledValue().abs().toString();
  }

  @Override
  public int compareTo(Decimal other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Decimal that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /// All digits, without an exponent, as DynamoDB answers them.
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
