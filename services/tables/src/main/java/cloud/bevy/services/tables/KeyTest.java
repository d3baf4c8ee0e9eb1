package cloud.bevy.services.tables;

import java.util.List;

/// What a key condition asks of one key attribute.
public sealed interface KeyTest {
  /// It compares with `value` as said; never [Comparison#NOT_EQUAL].
  record Compares(Comparison comparison, AttributeValue value) implements KeyTest {}

  /// It is at least `lower` and at most `upper`.
  record Between(AttributeValue lower, AttributeValue upper) implements KeyTest {}

  /// It begins with `prefix`, a string or bytes.
  record BeginsWith(AttributeValue prefix) implements KeyTest {}

  /// The values that are given in the condition.
  default List<AttributeValue> values() {
    return switch (this) {
      case Compares(Comparison _, AttributeValue value) -> List.of(value);
      case Between(AttributeValue lower, AttributeValue upper) -> List.of(lower, upper);
      case BeginsWith(AttributeValue prefix) -> List.of(prefix);
    };
  }
}
