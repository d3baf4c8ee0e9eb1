package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.FieldKind;
import cloud.bevy.services.search.SearchDefinition;
import cloud.bevy.services.search.SearchField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The fields of an index in OpenSearch's words. What is indexed is in the table's
/// [SearchDefinition]; two tags beside it keep what that does not say: `bevy:opensearch:dynamic`,
/// what becomes of fields that are new, and `bevy:opensearch:types`, the types that differ from
/// what their kind would say.
///
/// @param dynamic `true`, `false` or `strict`; `false` where the table was not made here
/// @param made whether the table was made through this door
/// @param fields by their paths
record Mapping(
    String dynamic, boolean made, String language, SequencedMap<String, MappedField> fields) {
  static final String TAG = "bevy:opensearch:";
  static final String DYNAMIC = TAG + "dynamic";
  static final String TYPES = TAG + "types";

  /// An index has a field; one of OpenSearch may have none yet.
  private static final String NONE = "bevy.none";

  private static final String UNINDEXED = "!";

  static final Mapping EMPTY =
      new Mapping("true", true, SearchDefinition.PLAIN, new LinkedHashMap<>());

  /// The mapping of a table with these tags; null where it has no index.
  static @Nullable Mapping of(Map<String, String> tags) {
    SearchDefinition definition = SearchDefinition.of(tags).orElse(null);
    if (definition == null) {
      return null;
    }
    Map<String, String> types = types(tags.getOrDefault(TYPES, ""));
    SequencedMap<String, MappedField> fields = new LinkedHashMap<>();
    for (SearchField field : definition.fields()) {
      String name = field.name();
      if (name.equals(NONE)) {
        continue;
      }
      MappedField before = fields.get(name);
      if (before != null && field.kind() == FieldKind.KEYWORD && before.type().equals("text")) {
        fields.put(name, MappedField.textAndKeyword());
      } else if (before == null) {
        fields.put(name, mapped(field, types.getOrDefault(name, "")));
      }
    }
    types.forEach((name, type) -> {
      if (type.startsWith(UNINDEXED) && !fields.containsKey(name)) {
        String word = type.substring(1);
        fields.put(name, new MappedField(word, false, false, 0, SearchField.Space.COSINE));
      }
    });
    String dynamic = tags.get(DYNAMIC);
    return new Mapping(
        dynamic == null ? "false" : dynamic, dynamic != null, definition.language(), fields);
  }

  private static MappedField mapped(SearchField field, String type) {
    if (field.kind() == FieldKind.VECTOR) {
      return new MappedField(MappedField.VECTOR, false, true, field.dimensions(), field.space());
    }
    return MappedField.of(MappedField.kind(type) == field.kind() ? type : usual(field.kind()));
  }

  /// The type that needs not be said.
  private static String usual(FieldKind kind) {
    return switch (kind) {
      case TEXT -> "text";
      case KEYWORD -> MappedField.KEYWORD;
      case NUMBER -> "double";
      case DATE -> "date";
      case VECTOR -> MappedField.VECTOR;
    };
  }

  private static Map<String, String> types(String tag) {
    Map<String, String> types = new TreeMap<>();
    for (String word : tag.split(" ", -1)) {
      int equals = word.lastIndexOf('=');
      if (equals > 0) {
        types.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return types;
  }

  /// The tags that say this, in place of those before.
  Map<String, String> tags(Map<String, String> before) {
    Map<String, String> tags = new TreeMap<>(before);
    tags.keySet().removeIf(key -> SearchDefinition.isTag(key) || key.startsWith(TAG));
    tags.putAll(definition().tags());
    if (made) {
      tags.put(DYNAMIC, dynamic);
    }
    String types =
        fields.entrySet().stream()
            .map(entry -> said(entry.getKey(), entry.getValue()))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(" "));
    if (!types.isEmpty()) {
      tags.put(TYPES, types);
    }
    return tags;
  }

  private static String said(String name, MappedField field) {
    FieldKind kind = MappedField.kind(field.type());
    if (!field.indexed()) {
      return name + "=" + UNINDEXED + field.type();
    }
    return kind == null || field.type().equals(usual(kind)) ? "" : name + "=" + field.type();
  }

  SearchDefinition definition() {
    List<SearchField> all =
        fields.entrySet().stream()
            .flatMap(entry -> entry.getValue().fields(entry.getKey()).stream())
            .toList();
    return new SearchDefinition(
        all.isEmpty() ? List.of(SearchField.of(NONE, FieldKind.KEYWORD)) : all, language);
  }

  /// The same with what a mapping in a request adds.
  Mapping with(Map<String, @Nullable Object> given) {
    Mapping next = new Mapping(dynamic, made, language, new LinkedHashMap<>(fields));
    for (Map.Entry<String, @Nullable Object> each : given.entrySet()) {
      switch (each.getKey()) {
        case "properties" -> next = next.adding("", Json.map("properties", each.getValue()));
        case "dynamic" -> next = next.dynamic(String.valueOf(each.getValue()));
        case "_source", "_meta", "_routing", "date_detection", "numeric_detection" -> {}
        default ->
            throw Refused.mapping(
                "Root mapping definition has unsupported parameters:  ["
                    + each.getKey()
                    + " : "
                    + each.getValue()
                    + "]");
      }
    }
    next.definition();
    return next;
  }

  private Mapping dynamic(String word) {
    return switch (word) {
      case "true", "false", "strict" -> new Mapping(word, made, language, fields);
      default -> throw Refused.mapping("[dynamic] is true, false or strict, not [" + word + "]");
    };
  }

  private Mapping adding(String path, Map<String, @Nullable Object> properties) {
    Mapping next = this;
    for (Map.Entry<String, @Nullable Object> each : properties.entrySet()) {
      String name = path + each.getKey();
      Map<String, @Nullable Object> given = Json.map(name, each.getValue());
      boolean object = given.containsKey("properties") || "object".equals(given.get("type"));
      if (object) {
        Object inner = given.getOrDefault("properties", Map.of());
        next = next.adding(name + ".", Json.map("properties", inner));
        continue;
      }
      MappedField field = MappedField.read(name, given);
      MappedField before = fields.get(name);
      if (before != null && !before.type().equals(field.type())) {
        throw Refused.illegal(
            "mapper ["
                + name
                + "] cannot be changed from type ["
                + before.type()
                + "] to ["
                + field.type()
                + "]");
      }
      fields.put(name, field);
      next = next.language(name, given.get("analyzer"));
    }
    return next;
  }

  /// An analyzer is the language of all text of an index.
  private Mapping language(String name, @Nullable Object analyzer) {
    String word = analyzer == null ? "standard" : String.valueOf(analyzer);
    if (word.equals("standard") || word.equals("simple") || word.equals(language)) {
      return this;
    }
    if (!language.equals(SearchDefinition.PLAIN)) {
      throw Refused.mapping(
          "analyzer ["
              + word
              + "] of ["
              + name
              + "]: all text of an index is of one language, and this is ["
              + language
              + "]");
    }
    return new Mapping(dynamic, made, word, fields);
  }

  /// As it is shown.
  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    if (!dynamic.equals("true")) {
      tree.put("dynamic", dynamic);
    }
    Map<String, @Nullable Object> properties = new TreeMap<>();
    fields.forEach((name, field) -> place(properties, name, field));
    if (!properties.isEmpty()) {
      tree.put("properties", properties);
    }
    return tree;
  }

  private static void place(
      Map<String, @Nullable Object> properties, String name, MappedField field) {
    int point = name.indexOf('.');
    if (point <= 0) {
      properties.put(name, field.tree());
      return;
    }
    String outer = name.substring(0, point);
    if (properties.computeIfAbsent(outer, _ -> new LinkedHashMap<>()) instanceof Map<?, ?> there) {
      Map<String, @Nullable Object> object = Json.map(outer, there);
      Object inner = object.computeIfAbsent("properties", _ -> new TreeMap<>());
      place(Json.map(outer, inner), name.substring(point + 1), field);
    }
  }
}
