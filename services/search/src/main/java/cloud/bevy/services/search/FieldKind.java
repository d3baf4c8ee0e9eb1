package cloud.bevy.services.search;

/// What a field of an index can be asked.
public enum FieldKind {
  /// Words of a language, by their relevance.
  TEXT("text", "t:"),
  /// A string as a whole: equal, in order, counted.
  KEYWORD("keyword", "k:"),
  /// A number, to the precision of a double.
  NUMBER("number", "n:"),
  /// A moment, to the millisecond: ISO 8601, or milliseconds since 1970.
  DATE("date", "d:"),
  /// A point, by its distance from another.
  VECTOR("vector", "v:");

  private final String word;
  private final String prefix;

  FieldKind(String word, String prefix) {
    this.word = word;
    this.prefix = prefix;
  }

  /// What it is called in definitions.
  public String word() {
    return word;
  }

  /// The name of such a field in the index: an attribute can be a field of several kinds.
  String indexed(String field) {
    return prefix + field;
  }
}
