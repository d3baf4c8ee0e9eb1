package cloud.bevy.services.search;

import java.util.Locale;

/// A field of an index.
///
/// @param name the name of an attribute, or of one within maps, with points between them
/// @param kind what it can be asked
/// @param dimensions of a vector; 0 for others
/// @param space how the distance of vectors is measured
public record SearchField(String name, FieldKind kind, int dimensions, Space space) {
  /// The most dimensions a vector may have.
  public static final int MOST_DIMENSIONS = 4096;

  static final int LONGEST_NAME = 255;

  /// How the distance of two vectors is measured.
  public enum Space {
    /// By their angle.
    COSINE,
    /// By their dot product: for vectors of length one.
    DOT,
    /// By the distance of their ends.
    L2;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @throws SearchRefusal if the name or the number of dimensions cannot be
  public SearchField {
    boolean odd =
        name.isEmpty()
            || name.length() > LONGEST_NAME
            || name.startsWith("_")
            || name.chars()
                .anyMatch(
                    c -> c <= ' ' || c == ',' || c == ':' || c == '*' || c == '^' || c == 127);
    if (odd) {
      throw SearchRefusal.illegal(
          "["
              + name
              + "] cannot be a field: a name has 1 to 255 characters, no spaces and none of"
              + " , : * ^, and does not begin with _");
    }
    boolean fits =
        kind == FieldKind.VECTOR
            ? dimensions >= 1 && dimensions <= MOST_DIMENSIONS
            : dimensions == 0;
    if (!fits) {
      throw SearchRefusal.illegal(
          "the vector ["
              + name
              + "] has "
              + dimensions
              + " dimensions: it must be 1 to "
              + MOST_DIMENSIONS
              + ", as in "
              + name
              + ":384");
    }
  }

  /// A field that is no vector.
  public static SearchField of(String name, FieldKind kind) {
    return new SearchField(name, kind, 0, Space.COSINE);
  }

  /// Its name in the index.
  String indexed() {
    return kind.indexed(name);
  }

  /// As it is written in a definition: `title`, `embedding:384`, `embedding:384:l2`.
  public String written() {
    if (kind != FieldKind.VECTOR) {
      return name;
    }
    String vector = name + ":" + dimensions;
    return space == Space.COSINE ? vector : vector + ":" + space.word();
  }

  /// Reads one of that kind.
  ///
  /// @throws SearchRefusal if it is none
  static SearchField read(FieldKind kind, String written) {
    if (kind != FieldKind.VECTOR) {
      return of(written, kind);
    }
    String[] parts = written.split(":", -1);
    if (parts.length < 2 || parts.length > 3 || !parts[1].matches("[0-9]{1,5}")) {
      throw SearchRefusal.illegal(
          "["
              + written
              + "] is no vector: write its dimensions behind its name, as in"
              + " embedding:384 or embedding:384:l2");
    }
    Space space = parts.length == 2 ? Space.COSINE : space(parts[2]);
    return new SearchField(parts[0], kind, Integer.parseInt(parts[1]), space);
  }

  private static Space space(String word) {
    for (Space space : Space.values()) {
      if (space.word().equals(word)) {
        return space;
      }
    }
    throw SearchRefusal.illegal(
        "[" + word + "] is no way to measure distances: it is cosine, dot or l2");
  }
}
