package cloud.bevy.services.buckets;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a [PolicyCondition] compares, as its name in the policy says: `StringNotLikeIfExists`,
/// `ForAnyValue:StringEquals`.
///
/// @param comparison what is compared with what
/// @param ifExists whether it holds of what is not there
/// @param quantifier what is said of several values
public record ConditionOperator(
    Comparison comparison, boolean ifExists, ConditionOperator.Quantifier quantifier) {
  private static final String IF_EXISTS = "IfExists";
  private static final String ALL = "ForAllValues:";
  private static final String ANY = "ForAnyValue:";

  /// What must be true of several values of one key.
  public enum Quantifier {
    /// Nothing is said: of one at least.
    NONE,
    /// Of all of them.
    ALL,
    /// Of one at least.
    ANY
  }

  /// The comparisons by their names in lower case.
  private static final Map<String, Comparison> BY_NAME =
      Arrays.stream(Comparison.values())
          .collect(Collectors.toMap(each -> each.name().toLowerCase(Locale.ROOT), each -> each));

  /// Reads a name.
  public static Optional<ConditionOperator> of(String name) {
    String rest = name;
    Quantifier quantifier = Quantifier.NONE;
    if (name.startsWith(ALL)) {
      quantifier = Quantifier.ALL;
      rest = name.substring(ALL.length());
    } else if (name.startsWith(ANY)) {
      quantifier = Quantifier.ANY;
      rest = name.substring(ANY.length());
    }
    boolean ifExists = rest.endsWith(IF_EXISTS);
    if (ifExists) {
      rest = rest.substring(0, rest.length() - IF_EXISTS.length());
    }
    Comparison comparison = BY_NAME.get(rest.toLowerCase(Locale.ROOT));
    return comparison == null || (ifExists && comparison == Comparison.NULL)
        ? Optional.empty()
        : Optional.of(new ConditionOperator(comparison, ifExists, quantifier));
  }

  /// Whether it holds.
  ///
  /// @param actual the values that the request has; null where it has none
  /// @param wanted the values of the policy
  boolean holds(@Nullable List<String> actual, List<String> wanted) {
    if (comparison == Comparison.NULL) {
      String missing = Boolean.toString(actual == null);
      return wanted.stream().anyMatch(missing::equalsIgnoreCase);
    }
    if (actual == null || actual.isEmpty()) {
      return ifExists
          || switch (quantifier) {
            case NONE -> comparison.negative();
            case ALL -> true;
            case ANY -> false;
          };
    }
    return quantifier == Quantifier.ALL
        ? actual.stream().allMatch(value -> comparison.holds(value, wanted))
        : actual.stream().anyMatch(value -> comparison.holds(value, wanted));
  }

  /// Whether it holds only of what has one of the values.
  boolean selects() {
    return !comparison.negative()
        && !ifExists
        && quantifier != Quantifier.ALL
        && comparison != Comparison.NULL;
  }

  /// Ways to compare one value with those of a policy.
  public enum Comparison {
    STRINGEQUALS,
    STRINGNOTEQUALS,
    STRINGEQUALSIGNORECASE,
    STRINGNOTEQUALSIGNORECASE,
    STRINGLIKE,
    STRINGNOTLIKE,
    NUMERICEQUALS,
    NUMERICNOTEQUALS,
    NUMERICLESSTHAN,
    NUMERICLESSTHANEQUALS,
    NUMERICGREATERTHAN,
    NUMERICGREATERTHANEQUALS,
    DATEEQUALS,
    DATENOTEQUALS,
    DATELESSTHAN,
    DATELESSTHANEQUALS,
    DATEGREATERTHAN,
    DATEGREATERTHANEQUALS,
    BOOL,
    BINARYEQUALS,
    IPADDRESS,
    NOTIPADDRESS,
    ARNEQUALS,
    ARNNOTEQUALS,
    ARNLIKE,
    ARNNOTLIKE,
    NULL;

    /// Whether it holds of what none of the values is.
    boolean negative() {
      return name().contains("NOT");
    }

    /// Whether it holds of a value.
    boolean holds(String actual, List<String> wanted) {
      return wanted.stream().anyMatch(each -> matches(actual, each)) != negative();
    }

    private boolean matches(String actual, String wanted) {
      return switch (this) {
        case STRINGEQUALS, STRINGNOTEQUALS, BINARYEQUALS -> actual.equals(plain(wanted));
        case STRINGEQUALSIGNORECASE, STRINGNOTEQUALSIGNORECASE, BOOL ->
            actual.equalsIgnoreCase(plain(wanted));
        case STRINGLIKE, STRINGNOTLIKE, ARNEQUALS, ARNNOTEQUALS, ARNLIKE, ARNNOTLIKE ->
            Wildcard.matches(wanted, actual);
        case NUMERICEQUALS, NUMERICNOTEQUALS -> number(actual, wanted, order -> order == 0);
        case NUMERICLESSTHAN -> number(actual, wanted, order -> order < 0);
        case NUMERICLESSTHANEQUALS -> number(actual, wanted, order -> order <= 0);
        case NUMERICGREATERTHAN -> number(actual, wanted, order -> order > 0);
        case NUMERICGREATERTHANEQUALS -> number(actual, wanted, order -> order >= 0);
        case DATEEQUALS, DATENOTEQUALS -> date(actual, wanted, order -> order == 0);
        case DATELESSTHAN -> date(actual, wanted, order -> order < 0);
        case DATELESSTHANEQUALS -> date(actual, wanted, order -> order <= 0);
        case DATEGREATERTHAN -> date(actual, wanted, order -> order > 0);
        case DATEGREATERTHANEQUALS -> date(actual, wanted, order -> order >= 0);
        case IPADDRESS, NOTIPADDRESS ->
            AddressRange.read(wanted).filter(range -> range.contains(actual)).isPresent();
        case NULL -> false;
      };
    }

    private static String plain(String wanted) {
      return wanted.replace(String.valueOf(Wildcard.LITERALLY), "");
    }

    private static boolean number(String actual, String wanted, IntPredicate order) {
      try {
        return order.test(new BigDecimal(actual).compareTo(new BigDecimal(wanted)));
      } catch (NumberFormatException notANumber) {
        return false;
      }
    }

    private static boolean date(String actual, String wanted, IntPredicate order) {
      Optional<Instant> left = moment(actual);
      Optional<Instant> right = moment(wanted);
      return left.isPresent() && right.isPresent() && order.test(left.get().compareTo(right.get()));
    }

    private static Optional<Instant> moment(String text) {
      try {
        if (text.matches("[0-9]{1,12}")) {
          return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        }
        return Optional.of(
            text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
      } catch (DateTimeException notADate) {
        return Optional.empty();
      }
    }
  }
}
