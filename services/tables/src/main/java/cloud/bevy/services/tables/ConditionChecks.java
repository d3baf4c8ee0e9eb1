package cloud.bevy.services.tables;

import cloud.bevy.services.tables.ExpressionProblems.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must be right in a condition beyond its syntax: functions, their operands, the types of
/// values that are known without an item. Notes problems and returns something to go on with.
final class ConditionChecks {
  static final Set<String> TYPES =
      Set.of("S", "N", "B", "NULL", "SS", "BOOL", "L", "BS", "NS", "M");
  private static final Condition ANYTHING =
      new Condition.AttributeExists(DocumentPath.of("anything"));

  private final ExpressionProblems problems;
  private @Nullable String lastFunction;

  ConditionChecks(ExpressionProblems problems) {
    this.problems = problems;
  }

  void redundantParentheses() {
    problems.note(Problem.REDUNDANT_PARENTHESES, "The expression has redundant parentheses;");
  }

  void misused(String function) {
    problems.note(
        Problem.MISUSED_FUNCTION,
        "The function is not allowed to be used this way in an expression; function: " + function);
  }

  /// `term` as an operand; a condition is none.
  Operand operand(ConditionTerm term) {
    if (term instanceof Operand operand) {
      return operand;
    }
    misused(lastFunction == null ? "NOT" : lastFunction);
    return new Operand.Literal(new AttributeValue.Null());
  }

  void comparison(Comparison comparison, Operand left, Operand right) {
    distinct(comparison.symbol(), left, right);
    boolean ordered = comparison != Comparison.EQUAL && comparison != Comparison.NOT_EQUAL;
    if (ordered) {
      orderable(comparison.symbol(), left);
      orderable(comparison.symbol(), right);
    }
    problems.settle();
  }

  void between(Operand lower, Operand upper) {
    if (lower instanceof Operand.Literal(AttributeValue low)
        && upper instanceof Operand.Literal(AttributeValue high)) {
      String operands =
          "lower bound operand: AttributeValue: {%s}, upper bound operand: AttributeValue: {%s}"
              .formatted(describe(low), describe(high));
      Integer order = ConditionEvaluator.order(low, high);
      if (!low.type().equals(high.type())) {
        problems.note(
            Problem.OPERAND_TYPE,
            "The BETWEEN operator requires same data type for lower and upper bounds; " + operands);
      } else if (order != null && order > 0) {
        problems.note(
            Problem.OPERAND_TYPE,
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                + operands);
      }
    }
    orderable("BETWEEN", lower);
    orderable("BETWEEN", upper);
    problems.settle();
  }

  void candidates(List<Operand> candidates) {
    if (candidates.size() > ConditionParser.MAXIMUM_CANDIDATES) {
      problems.note(
          Problem.OPERAND_COUNT,
          "The IN operator is provided with too many operands; number of operands: "
              + candidates.size());
    }
    problems.settle();
  }

  ConditionTerm function(String name, List<ConditionTerm> arguments) {
    List<Operand> operands = arguments.stream().map(this::operand).toList();
    lastFunction = name;
    int wanted = operandsOf(name);
    if (wanted == 0) {
      problems.unknownFunction(name);
      return ANYTHING;
    }
    if (wanted != operands.size()) {
      problems.note(
          Problem.OPERAND_COUNT,
          "Incorrect number of operands for operator or function; operator or function: %s, number"
              .concat(" of operands: %d")
              .formatted(name, operands.size()));
      problems.settle();
      return name.equals("size") ? new Operand.Size(operands.getFirst()) : ANYTHING;
    }
    if (wanted == 2) {
      distinct(name, operands.getFirst(), operands.getLast());
    }
    ConditionTerm made = make(name, operands);
    if (made instanceof Condition) {
      problems.settle();
    }
    return made;
  }

  private static int operandsOf(String function) {
    return switch (function) {
      case "attribute_exists", "attribute_not_exists", "size" -> 1;
      case "attribute_type", "begins_with", "contains" -> 2;
      default -> 0;
    };
  }

  private ConditionTerm make(String name, List<Operand> operands) {
    Operand first = operands.getFirst();
    Operand last = operands.getLast();
    return switch (name) {
      case "attribute_exists" -> new Condition.AttributeExists(path(name, first));
      case "attribute_not_exists" -> new Condition.AttributeNotExists(path(name, first));
      case "attribute_type" -> attributeType(first, last);
      case "begins_with" -> {
        stringOrBytes(name, first);
        stringOrBytes(name, last);
        yield new Condition.BeginsWith(first, last);
      }
      case "contains" -> new Condition.Contains(first, last);
      default -> size(first);
    };
  }

  private Operand size(Operand of) {
    if (of instanceof Operand.Literal(AttributeValue value)
        && (value instanceof AttributeValue.N
            || value instanceof AttributeValue.Bool
            || value instanceof AttributeValue.Null)) {
      incorrectType("size", value.type());
    } else if (of instanceof Operand.Size) {
      incorrectType("size", "N");
    }
    return new Operand.Size(of);
  }

  private Condition attributeType(Operand value, Operand type) {
    if (!(type instanceof Operand.Literal(AttributeValue literal))) {
      incorrectType("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
      return ANYTHING;
    }
    if (!(literal instanceof AttributeValue.S(String name))) {
      incorrectType("attribute_type", literal.type());
      return ANYTHING;
    }
    if (!TYPES.contains(name)) {
      problems.note(
          Problem.OPERAND_TYPE,
          "Invalid attribute type name found; type: %s, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
              .formatted(name));
    }
    return new Condition.AttributeType(value, name);
  }

  private DocumentPath path(String function, Operand operand) {
    if (operand instanceof Operand.Path(DocumentPath path)) {
      return path;
    }
    problems.note(
        Problem.OPERAND_TYPE,
        "Operator or function requires a document path; operator or function: " + function);
    return DocumentPath.of(function);
  }

  private void stringOrBytes(String function, Operand operand) {
    if (operand instanceof Operand.Literal(AttributeValue value)
        && !(value instanceof AttributeValue.S || value instanceof AttributeValue.B)) {
      incorrectType(function, value.type());
    } else if (operand instanceof Operand.Size) {
      incorrectType(function, "N");
    }
  }

  private void orderable(String operator, Operand operand) {
    if (operand instanceof Operand.Literal(AttributeValue value) && !value.scalar()) {
      incorrectType(operator, value.type());
    }
  }

  private void incorrectType(String operator, String type) {
    problems.note(
        Problem.OPERAND_TYPE,
        "Incorrect operand type for operator or function; operator or function: %s, operand type:"
            .concat(" %s")
            .formatted(operator, type));
  }

  private void distinct(String operator, Operand first, Operand second) {
    if (first instanceof Operand.Path(DocumentPath path) && first.equals(second)) {
      problems.note(
          Problem.OPERANDS_NOT_DISTINCT,
          "The first operand must be distinct from the remaining operands for this operator or"
              .concat(" function; operator: %s, first operand: %s")
              .formatted(operator, path));
    }
  }

  private static String describe(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> "S:" + text;
      case AttributeValue.N(Decimal number) -> "N:" + number;
      case AttributeValue.B(Binary bytes) -> "B:" + bytes;
      case AttributeValue.Bool(boolean bool) -> "BOOL:" + bool;
      case AttributeValue.Null _ -> "NULL:true";
      case AttributeValue.SS(var texts) -> "SS:" + texts;
      case AttributeValue.NS(var numbers) -> "NS:" + numbers;
      case AttributeValue.BS(var binaries) -> "BS:" + binaries;
      case AttributeValue.L _, AttributeValue.M _ -> value.type();
    };
  }
}
