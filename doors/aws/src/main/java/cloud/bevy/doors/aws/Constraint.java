package cloud.bevy.doors.aws;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What must hold for a member of a request. The sentences are those of AWS's own validation.
sealed interface Constraint {
  /// There must be a value. All other constraints hold where there is none.
  record NotNull() implements Constraint {}

  /// A number must not be less.
  record AtLeast(long minimum) implements Constraint {}

  /// A number must not be more.
  record AtMost(long maximum) implements Constraint {}

  /// A string must not have more characters, or a collection more elements.
  record Longest(int maximum) implements Constraint {}

  /// A string must not have fewer characters, or a collection fewer elements.
  record Shortest(int minimum) implements Constraint {}

  /// A string must match as a whole.
  record Matches(Pattern pattern) implements Constraint {
    Matches(String pattern) {
      this(Pattern.compile(pattern));
    }
  }

  /// A string must be one of these.
  record OneOf(List<String> words) implements Constraint {}

  /// Whether the constraint holds for a value.
  default boolean holds(@Nullable Object value) {
    if (value == null) {
      return !(this instanceof NotNull);
    }
    return switch (this) {
      case NotNull() -> true;
      case AtLeast(long minimum) -> value instanceof Long number && number >= minimum;
      case AtMost(long maximum) -> value instanceof Long number && number <= maximum;
      case Longest(int maximum) -> length(value) <= maximum;
      case Shortest(int minimum) -> length(value) >= minimum;
      case Matches(Pattern pattern) ->
          value instanceof String text && pattern.matcher(text).matches();
      case OneOf(List<String> words) -> value instanceof String text && words.contains(text);
    };
  }

  /// What is said where it does not hold.
  default String sentence() {
    return switch (this) {
      case NotNull() -> "Member must not be null";
      case AtLeast(long minimum) -> "Member must have value greater than or equal to " + minimum;
      case AtMost(long maximum) -> "Member must have value less than or equal to " + maximum;
      case Longest(int maximum) -> "Member must have length less than or equal to " + maximum;
      case Shortest(int minimum) -> "Member must have length greater than or equal to " + minimum;
      case Matches(Pattern pattern) ->
          "Member must satisfy regular expression pattern: " + pattern.pattern();
      case OneOf(List<String> words) ->
          "Member must satisfy enum value set: [" + String.join(", ", words) + "]";
    };
  }

  private static int length(Object value) {
    return switch (value) {
      case String text -> text.length();
      case Collection<?> elements -> elements.size();
      case Map<?, ?> entries -> entries.size();
      default -> throw new IllegalStateException("a constraint on the length of " + value);
    };
  }
}
