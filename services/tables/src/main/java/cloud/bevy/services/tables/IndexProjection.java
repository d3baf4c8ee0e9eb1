package cloud.bevy.services.tables;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which attributes of its items an index answers, besides the keys.
///
/// @param kind all, none, or some
/// @param attributes those that are named; empty unless the kind is [Kind#INCLUDE]
public record IndexProjection(Kind kind, List<String> attributes) {
  /// The kinds of projections.
  public enum Kind {
    /// All attributes.
    ALL,
    /// None but the keys of the index and of the table.
    KEYS_ONLY,
    /// Those that are named.
    INCLUDE
  }

  /// All attributes.
  public static final IndexProjection ALL = new IndexProjection(Kind.ALL, List.of());

  /// Copies the attributes.
  public IndexProjection {
    attributes = List.copyOf(attributes);
  }

  /// The names of the attributes that are answered, where these are not all.
  Set<String> names(KeySchema table, KeySchema index) {
    Set<String> names = new LinkedHashSet<>();
    table.attributes().forEach(attribute -> names.add(attribute.name()));
    index.attributes().forEach(attribute -> names.add(attribute.name()));
    names.addAll(attributes);
    return names;
  }
}
