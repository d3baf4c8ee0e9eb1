package cloud.bevy.services.tables;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `#names` and `:values` that come with a request's expressions, and which of them the
/// expressions have used.
public final class ExpressionNames {
  /// The parameter that holds the names.
  public static final String NAMES = "ExpressionAttributeNames";

  /// The parameter that holds the values.
  public static final String VALUES = "ExpressionAttributeValues";

  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> unusedNames;
  private final Set<String> unusedValues;

  /// The names and values of one request.
  ///
  /// @param names attribute names by placeholder, `#…`; null where the request gave none
  /// @param values values by placeholder, `:…`; null where the request gave none
  /// @throws InvalidRequest if one is given and empty, or a placeholder is malformed
  public ExpressionNames(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    check(NAMES, '#', names);
    check(VALUES, ':', values);
    this.names = names == null ? Map.of() : names;
    this.names.forEach(ExpressionNames::checkName);
    this.values = values == null ? Map.of() : values;
    unusedNames = new LinkedHashSet<>(this.names.keySet());
    unusedValues = new LinkedHashSet<>(this.values.keySet());
  }

  /// No names and no values.
  public static ExpressionNames none() {
    return new ExpressionNames(null, null);
  }

  /// The name that `placeholder` stands for; null if none was given.
  @Nullable String name(String placeholder) {
    unusedNames.remove(placeholder);
    return names.get(placeholder);
  }

  /// The value that `placeholder` stands for; null if none was given.
  @Nullable AttributeValue value(String placeholder) {
    unusedValues.remove(placeholder);
    return values.get(placeholder);
  }

  /// Refuses what was given and not used. To be called when all expressions of the request have
  /// been read.
  ///
  /// @throws InvalidRequest if a name or value was given and not used
  public void checkAllUsed() {
    checkAllUsed(NAMES, unusedNames);
    checkAllUsed(VALUES, unusedValues);
  }

  private static void checkAllUsed(String parameter, Set<String> unused) {
    if (!unused.isEmpty()) {
      throw new InvalidRequest(
          "Value provided in %s unused in expressions: keys: {%s}"
              .formatted(parameter, String.join(", ", unused)));
    }
  }

  private static void check(String parameter, char mark, @Nullable Map<String, ?> placeholders) {
    if (placeholders == null) {
      return;
    }
    if (placeholders.isEmpty()) {
      throw new InvalidRequest(parameter + " must not be empty");
    }
    for (String placeholder : placeholders.keySet()) {
      if (!wellFormed(placeholder, mark)) {
        throw new InvalidRequest(
            "%s contains invalid key: Syntax error; key: \"%s\"".formatted(parameter, placeholder));
      }
    }
  }

  private static void checkName(String placeholder, String name) {
    if (name.isEmpty()) {
      throw new InvalidRequest(
          "%s contains invalid value: Empty attribute name for key %s"
              .formatted(NAMES, placeholder));
    }
    Item.checkName(name);
  }

  private static boolean wellFormed(String placeholder, char mark) {
    return placeholder.length() > 1
        && placeholder.charAt(0) == mark
        && placeholder.chars().skip(1).allMatch(ExpressionLexer::partOfWord);
  }
}
