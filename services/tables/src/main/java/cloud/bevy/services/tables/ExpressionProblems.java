package cloud.bevy.services.tables;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is wrong with an expression whose syntax is right. DynamoDB reads the whole expression and
/// then answers the first problem of the kind it deems gravest; so does this.
final class ExpressionProblems {
  /// The kinds of problems.
  enum Problem {
    REDUNDANT_PARENTHESES,
    UNKNOWN_FUNCTION,
    MISUSED_FUNCTION,
    RESERVED_WORD,
    REPEATED_SECTION,
    UNDEFINED_NAME,
    UNDEFINED_VALUE,
    PATHS_OVERLAP,
    PATHS_CONFLICT,
    OPERAND_COUNT,
    OPERANDS_NOT_DISTINCT,
    OPERATOR_OPERAND,
    OPERAND_TYPE,
    /// The gravest problem of the first condition that had one, see [#settle].
    FIRST_CONDITION
  }

  /// From the gravest: in conditions, filters and key conditions.
  static final List<Problem> OF_CONDITIONS =
      List.of(
          Problem.REDUNDANT_PARENTHESES,
          Problem.UNKNOWN_FUNCTION,
          Problem.MISUSED_FUNCTION,
          Problem.RESERVED_WORD,
          Problem.FIRST_CONDITION);

  /// From the gravest: in updates and projections.
  static final List<Problem> OF_UPDATES =
      List.of(
          Problem.RESERVED_WORD,
          Problem.UNKNOWN_FUNCTION,
          Problem.MISUSED_FUNCTION,
          Problem.REPEATED_SECTION,
          Problem.UNDEFINED_NAME,
          Problem.UNDEFINED_VALUE,
          Problem.PATHS_OVERLAP,
          Problem.PATHS_CONFLICT,
          Problem.OPERATOR_OPERAND,
          Problem.OPERAND_COUNT,
          Problem.OPERAND_TYPE);

  private static final List<Problem> WITHIN_A_CONDITION =
      List.of(
          Problem.UNDEFINED_NAME,
          Problem.UNDEFINED_VALUE,
          Problem.OPERAND_COUNT,
          Problem.OPERANDS_NOT_DISTINCT,
          Problem.OPERAND_TYPE);

  private static final Set<String> OF_ALL_UPDATES = Set.of("if_not_exists", "list_append");
  private static final Set<String> OF_ALL_CONDITIONS =
      Set.of(
          "attribute_exists",
          "attribute_not_exists",
          "attribute_type",
          "begins_with",
          "contains",
          "size");

  private final ExpressionKind kind;
  private final Map<Problem, String> found = new EnumMap<>(Problem.class);

  ExpressionProblems(ExpressionKind kind) {
    this.kind = kind;
  }

  /// Notes a problem; the first of its kind counts.
  void note(Problem problem, String message) {
    found.putIfAbsent(problem, message);
  }

  /// Notes a function that this expression does not know, though another may.
  void unknownFunction(String name) {
    boolean ofUpdate = kind == ExpressionKind.UPDATE;
    boolean elsewhere = (ofUpdate ? OF_ALL_CONDITIONS : OF_ALL_UPDATES).contains(name);
    note(
        Problem.UNKNOWN_FUNCTION,
        elsewhere
            ? "The function is not allowed in %s expression; function: %s"
                .formatted(kind.words(), name)
            : "Invalid function name; function: " + name);
  }

  /// To be called at the end of each single comparison or function.
  void settle() {
    String gravest = gravest(WITHIN_A_CONDITION);
    if (gravest != null) {
      note(Problem.FIRST_CONDITION, gravest);
    }
  }

  /// @throws InvalidRequest if a problem was noted
  void raise(List<Problem> order) {
    String gravest = gravest(order);
    if (gravest != null) {
      throw kind.refuse(gravest);
    }
  }

  private @Nullable String gravest(List<Problem> order) {
    for (Problem problem : order) {
      String message = found.get(problem);
      if (message != null) {
        return message;
      }
    }
    return null;
  }
}
