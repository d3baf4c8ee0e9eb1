package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.FieldKind;
import cloud.bevy.services.search.SearchField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A field as OpenSearch's mappings have it.
///
/// @param type in OpenSearch's words
/// @param keyword whether a text is a keyword as well, under `NAME.keyword`
/// @param indexed whether it can be looked for
/// @param dimensions of a vector; 0 for others
/// @param space how the distance of vectors is measured
record MappedField(
    String type, boolean keyword, boolean indexed, int dimensions, SearchField.Space space) {
  private static final Set<String> WHOLE =
      Set.of("byte", "short", "integer", "long", "unsigned_long");
  private static final Set<String> BROKEN = Set.of("half_float", "float", "double", "scaled_float");
  private static final String BINARY = "binary";
  private static final Set<String> KEYWORDS = Set.of("keyword", "boolean", "wildcard", BINARY);
  private static final Set<String> IGNORED =
      Set.of(
          "store",
          "doc_values",
          "norms",
          "index_options",
          "index_prefixes",
          "index_phrases",
          "ignore_above",
          "format",
          "coerce",
          "ignore_malformed",
          "scaling_factor",
          "boost",
          "eager_global_ordinals",
          "term_vector",
          "position_increment_gap",
          "search_analyzer",
          "analyzer");

  static final String KEYWORD = "keyword";
  static final String VECTOR = "knn_vector";

  static MappedField of(String type) {
    return new MappedField(type, false, true, 0, SearchField.Space.COSINE);
  }

  static MappedField textAndKeyword() {
    return new MappedField("text", true, true, 0, SearchField.Space.COSINE);
  }

  /// What a type is in an index; nothing for one that is not known.
  static @Nullable FieldKind kind(String type) {
    if (WHOLE.contains(type) || BROKEN.contains(type)) {
      return FieldKind.NUMBER;
    }
    if (KEYWORDS.contains(type)) {
      return FieldKind.KEYWORD;
    }
    return switch (type) {
      case "text", "match_only_text" -> FieldKind.TEXT;
      case "date" -> FieldKind.DATE;
      case VECTOR -> FieldKind.VECTOR;
      default -> null;
    };
  }

  /// Whether it has numbers without fractions.
  boolean whole() {
    return WHOLE.contains(type);
  }

  /// Reads one of a mapping.
  static MappedField read(String name, Map<String, @Nullable Object> given) {
    String type = String.valueOf(given.get("type"));
    FieldKind kind = kind(type);
    if (kind == null) {
      throw Refused.mapping(
          "No handler for type ["
              + type
              + "] declared on field ["
              + name
              + "]: there are text, keyword, boolean, numbers, date and knn_vector");
    }
    boolean keyword = false;
    for (Map.Entry<String, @Nullable Object> each : given.entrySet()) {
      switch (each.getKey()) {
        case "type", "index" -> {}
        case "fields" -> {
          checkFields(name, kind, Json.map("fields", each.getValue()));
          keyword = kind == FieldKind.TEXT;
        }
        case "dimension", "space_type", "method", "data_type", "engine", "mode" -> {
          if (kind != FieldKind.VECTOR) {
            throw unknown(name, each.getKey(), type);
          }
        }
        default -> {
          if (!IGNORED.contains(each.getKey())) {
            throw unknown(name, each.getKey(), type);
          }
        }
      }
    }
    boolean indexed = !Boolean.FALSE.equals(given.get("index")) && !type.equals(BINARY);
    return kind == FieldKind.VECTOR
        ? vector(name, given)
        : new MappedField(type, keyword, indexed, 0, SearchField.Space.COSINE);
  }

  private static Refused unknown(String name, String parameter, String type) {
    return Refused.mapping(
        "unknown parameter [" + parameter + "] on mapper [" + name + "] of type [" + type + "]");
  }

  private static void checkFields(
      String name, FieldKind kind, Map<String, @Nullable Object> fields) {
    for (Map.Entry<String, @Nullable Object> each : fields.entrySet()) {
      boolean keyword =
          kind == FieldKind.TEXT
              && each.getKey().equals(KEYWORD)
              && KEYWORD.equals(Json.map(name, each.getValue()).get("type"));
      if (!keyword) {
        throw Refused.mapping(
            "field ["
                + name
                + "."
                + each.getKey()
                + "]: a text can have a field [keyword] of type [keyword], and no other");
      }
    }
  }

  private static MappedField vector(String name, Map<String, @Nullable Object> given) {
    if (!(given.get("dimension") instanceof Number dimension)) {
      throw Refused.mapping("Dimension value missing for vector: " + name);
    }
    Object word = given.get("space_type");
    if (given.get("method") instanceof Map<?, ?> method && method.get("space_type") != null) {
      word = method.get("space_type");
    }
    SearchField.Space space =
        switch (word == null ? "l2" : String.valueOf(word)) {
          case "l2" -> SearchField.Space.L2;
          case "cosinesimil" -> SearchField.Space.COSINE;
          case "innerproduct" -> SearchField.Space.DOT;
          default ->
              throw Refused.mapping(
                  "[space_type] of ["
                      + name
                      + "] is l2, cosinesimil or innerproduct, not ["
                      + word
                      + "]");
        };
    return new MappedField(VECTOR, false, true, dimension.intValue(), space);
  }

  /// What it is in an index: nothing, one field, or two.
  List<SearchField> fields(String name) {
    List<SearchField> fields = new ArrayList<>();
    FieldKind kind = kind(type);
    if (indexed && kind != null) {
      fields.add(new SearchField(name, kind, dimensions, space));
      if (keyword) {
        fields.add(SearchField.of(name, FieldKind.KEYWORD));
      }
    }
    return fields;
  }

  /// As a mapping shows it.
  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("type", type);
    if (!indexed && !type.equals(BINARY)) {
      tree.put("index", false);
    }
    if (keyword) {
      tree.put("fields", Map.of(KEYWORD, Map.of("type", KEYWORD)));
    }
    if (type.equals(VECTOR)) {
      tree.put("dimension", dimensions);
      String word =
          switch (space) {
            case COSINE -> "cosinesimil";
            case DOT -> "innerproduct";
            case L2 -> "l2";
          };
      tree.put("space_type", word);
    }
    return tree;
  }
}
