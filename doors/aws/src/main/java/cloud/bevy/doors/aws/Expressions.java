package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.ConditionParser;
import cloud.bevy.services.tables.ExpressionKind;
import cloud.bevy.services.tables.ExpressionNames;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.Update;
import cloud.bevy.services.tables.UpdateParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The expressions of a request: which may stand together, and what they say.
final class Expressions {
  private final Parameters parameters;
  private final ExpressionNames names;

  private Expressions(Parameters parameters, ExpressionNames names) {
    this.parameters = parameters;
    this.names = names;
  }

  /// Checks which parameters stand together, as the first thing after their constraints.
  ///
  /// @param kinds the expressions that the operation knows
  /// @param legacy the parameters that came before expressions
  /// @throws DynamoRefusal if both are used, or names and values without expressions
  static void checkTogether(
      Parameters parameters, List<ExpressionKind> kinds, List<String> legacy) {
    boolean byKey = parameters.has(ExpressionKind.KEY_CONDITION.parameter());
    List<String> old =
        legacy.stream()
            .filter(parameters::has)
            .filter(name -> byKey || !name.equals("KeyConditions"))
            .toList();
    List<String> expressions = new ArrayList<>();
    for (ExpressionKind kind : kinds) {
      if (parameters.has(kind.parameter())) {
        expressions.add(kind.parameter());
      }
    }
    if (!old.isEmpty() && !expressions.isEmpty()) {
      throw DynamoRefusal.validation(
          "Can not use both expression and non-expression parameters in the same request:"
              .concat(" Non-expression parameters: {%s} Expression parameters: {%s}")
              .formatted(String.join(", ", old), String.join(", ", expressions)));
    }
    if (parameters.has(ExpressionNames.NAMES) && expressions.isEmpty()) {
      throw DynamoRefusal.validation(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
    checkValues(parameters, kinds);
  }

  private static void checkValues(Parameters parameters, List<ExpressionKind> kinds) {
    List<String> withValues =
        kinds.stream()
            .filter(kind -> kind != ExpressionKind.PROJECTION)
            .map(ExpressionKind::parameter)
            .toList();
    if (parameters.has(ExpressionNames.VALUES)
        && !withValues.isEmpty()
        && withValues.stream().noneMatch(parameters::has)) {
      throw DynamoRefusal.validation(
          "ExpressionAttributeValues can only be specified when using expressions: %s %s null"
              .formatted(String.join(" and ", withValues), withValues.size() > 1 ? "are" : "is"));
    }
  }

  /// The names and values of the request, ready for its expressions to be read.
  static Expressions of(Parameters parameters) {
    Map<String, String> names = parameters.texts(ExpressionNames.NAMES);
    WireAttributes values = parameters.wireAttributes(ExpressionNames.VALUES);
    return new Expressions(
        parameters,
        new ExpressionNames(
            names, values == null ? null : values.checkedFor(ExpressionNames.VALUES)));
  }

  /// What an expression says that is a condition; null if the request has none of that kind.
  @Nullable Condition condition(ExpressionKind kind) {
    String text = parameters.text(kind.parameter());
    if (text != null) {
      return ConditionParser.parse(kind, text, names);
    }
    return switch (kind) {
      case CONDITION -> LegacyParameters.condition(parameters, "Expected");
      case KEY_CONDITION -> LegacyParameters.keyConditions(parameters);
      case FILTER ->
          LegacyParameters.condition(
              parameters, parameters.has("ScanFilter") ? "ScanFilter" : "QueryFilter");
      case PROJECTION, UPDATE -> throw new IllegalArgumentException(kind + " is no condition");
    };
  }

  /// What the update expression says; nothing is changed where there is none.
  Update update() {
    String text = parameters.text(ExpressionKind.UPDATE.parameter());
    return text == null ? LegacyParameters.update(parameters) : UpdateParser.parse(text, names);
  }

  /// What the projection expression says; null if there is none.
  @Nullable Projection projection() {
    String text = parameters.text(ExpressionKind.PROJECTION.parameter());
    return text == null ? LegacyParameters.projection(parameters) : Projection.parse(text, names);
  }

  /// To be called when all expressions have been read.
  void checkAllUsed() {
    names.checkAllUsed();
  }
}
