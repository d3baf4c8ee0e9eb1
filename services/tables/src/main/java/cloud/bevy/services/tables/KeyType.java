package cloud.bevy.services.tables;

/// The types a key attribute can have.
public enum KeyType {
  /// A string, ordered by its UTF-8 bytes.
  S,
  /// A number.
  N,
  /// Bytes, ordered as unsigned numbers.
  B;

  /// Whether `value` is of this type.
  public boolean accepts(AttributeValue value) {
    return value.type().equals(name());
  }
}
