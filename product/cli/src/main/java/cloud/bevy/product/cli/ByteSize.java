package cloud.bevy.product.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes as people write it: `10GB`, `1.5 TiB`, `512`.
final class ByteSize {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?) ?([a-z]*)");
  private static final List<String> DECIMAL = List.of("b", "kb", "mb", "gb", "tb", "pb");
  private static final List<String> BINARY = List.of("", "kib", "mib", "gib", "tib", "pib");
  private static final int THOUSAND = 1000;
  private static final int KIBI = 1024;
  private static final BigDecimal MOST = new BigDecimal("999999999999999999");

  private ByteSize() {}

  /// Reads a size.
  ///
  /// @return nothing where it is none, or too large
  static Optional<Long> read(String text) {
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2);
    boolean binary = BINARY.contains(unit);
    int power = binary ? BINARY.indexOf(unit) : DECIMAL.indexOf(unit);
    if (power < 0) {
      return Optional.empty();
    }
    BigDecimal bytes =
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(binary ? KIBI : THOUSAND).pow(power));
    return bytes.compareTo(MOST) > 0 ? Optional.empty() : Optional.of(bytes.longValue());
  }

  /// A size in the unit in which it has one to three digits.
  static String text(long bytes) {
    int power = 0;
    double value = bytes;
    while (value >= THOUSAND && power < DECIMAL.size() - 1) {
      value /= THOUSAND;
      power++;
    }
    String unit = DECIMAL.get(power).toUpperCase(Locale.ROOT);
    return power == 0
        ? bytes + " " + unit
        : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, unit);
  }
}
