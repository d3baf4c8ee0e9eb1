package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.List;

/// The paths that a condition looks at.
public final class ConditionPaths {
  private final List<DocumentPath> paths = new ArrayList<>();

  private ConditionPaths() {}

  /// @throws InvalidRequest if the filter of a query looks at the key: the key condition does that
  static void checkFilter(Condition filter, KeySchema schema) {
    for (DocumentPath path : of(filter)) {
      if (schema.contains(path.attribute())) {
        throw new InvalidRequest(
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
                + path.attribute());
      }
    }
  }

  /// All of them.
  public static List<DocumentPath> of(Condition condition) {
    ConditionPaths all = new ConditionPaths();
    all.collect(condition);
    return all.paths;
  }

  private void collect(Condition condition) {
    switch (condition) {
      case Condition.And(Condition left, Condition right) -> {
        collect(left);
        collect(right);
      }
      case Condition.Or(Condition left, Condition right) -> {
        collect(left);
        collect(right);
      }
      case Condition.Not(Condition inner) -> collect(inner);
      case Condition.Compare(Comparison _, Operand left, Operand right) -> {
        collect(left);
        collect(right);
      }
      case Condition.Between(Operand value, Operand lower, Operand upper) -> {
        collect(value);
        collect(lower);
        collect(upper);
      }
      case Condition.In(Operand value, List<Operand> candidates) -> {
        collect(value);
        candidates.forEach(this::collect);
      }
      case Condition.AttributeExists(DocumentPath path) -> paths.add(path);
      case Condition.AttributeNotExists(DocumentPath path) -> paths.add(path);
      case Condition.AttributeType(Operand value, String _) -> collect(value);
      case Condition.BeginsWith(Operand value, Operand prefix) -> {
        collect(value);
        collect(prefix);
      }
      case Condition.Contains(Operand value, Operand part) -> {
        collect(value);
        collect(part);
      }
    }
  }

  private void collect(Operand operand) {
    switch (operand) {
      case Operand.Path(DocumentPath path) -> paths.add(path);
      case Operand.Size(Operand of) -> collect(of);
      case Operand.Literal _ -> {}
    }
  }
}
