package cloud.bevy.services.tables;

/// One change of an update expression.
public sealed interface UpdateAction {
  /// What is changed.
  DocumentPath path();

  /// The value at the path becomes that of an expression.
  record Set(DocumentPath path, SetValue value) implements UpdateAction {}

  /// The value at the path is no more.
  record Remove(DocumentPath path) implements UpdateAction {}

  /// A number is added to the one at the path, or elements to the set there.
  record Add(DocumentPath path, AttributeValue value) implements UpdateAction {}

  /// Elements are taken from the set at the path.
  record Delete(DocumentPath path, AttributeValue value) implements UpdateAction {}
}
