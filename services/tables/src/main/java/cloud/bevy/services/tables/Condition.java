package cloud.bevy.services.tables;

import java.util.List;

/// Something that an item fulfils or not: a condition, a filter or a key condition expression after
/// reading.
public sealed interface Condition extends ConditionTerm {
  /// Whether an item fulfils it.
  default boolean holds(Item item) {
    return ConditionEvaluator.holds(this, item);
  }

  /// Both hold.
  record And(Condition left, Condition right) implements Condition {}

  /// At least one holds.
  record Or(Condition left, Condition right) implements Condition {}

  /// It does not hold.
  record Not(Condition inner) implements Condition {}

  /// Two values compare as said.
  record Compare(Comparison comparison, Operand left, Operand right) implements Condition {}

  /// A value is at least `lower` and at most `upper`.
  record Between(Operand value, Operand lower, Operand upper) implements Condition {}

  /// A value equals one of the candidates.
  record In(Operand value, List<Operand> candidates) implements Condition {
    /// Copies the candidates.
    public In {
      candidates = List.copyOf(candidates);
    }
  }

  /// There is a value at the path.
  record AttributeExists(DocumentPath path) implements Condition {}

  /// There is no value at the path.
  record AttributeNotExists(DocumentPath path) implements Condition {}

  /// A value is of the type called `type`.
  record AttributeType(Operand value, String type) implements Condition {}

  /// A string or bytes begin with others.
  record BeginsWith(Operand value, Operand prefix) implements Condition {}

  /// A string or bytes contain others, or a set or list an element.
  record Contains(Operand value, Operand part) implements Condition {}
}
