package cloud.bevy.services.tables;

/// What a condition compares: something that has a value, once there is an item.
public sealed interface Operand extends ConditionTerm {
  /// The value at a path of the item.
  record Path(DocumentPath path) implements Operand {}

  /// A value given with the request.
  record Literal(AttributeValue value) implements Operand {}

  /// How long, or how many, the value of `of` is.
  record Size(Operand of) implements Operand {}
}
