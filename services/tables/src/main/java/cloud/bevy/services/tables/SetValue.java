package cloud.bevy.services.tables;

/// What stands at the right of a `SET`. Its paths are those of the item before the update.
public sealed interface SetValue {
  /// A value given with the request.
  record Literal(AttributeValue value) implements SetValue {}

  /// The value at a path of the item, which must exist.
  record Path(DocumentPath path) implements SetValue {}

  /// The sum of two numbers.
  record Plus(SetValue left, SetValue right) implements SetValue {}

  /// The difference of two numbers.
  record Minus(SetValue left, SetValue right) implements SetValue {}

  /// The value at a path, or where there is none, another.
  record IfNotExists(DocumentPath path, SetValue otherwise) implements SetValue {}

  /// Two lists, one behind the other.
  record ListAppend(SetValue left, SetValue right) implements SetValue {}
}
