package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `GET /{index}/_field_caps`: which fields there are, and what can be done with them.
final class FieldCaps implements Operation {
  private static final int MOST = 1000;

  /// What a field is, and in which indexes it is that.
  private record Kind(String type, boolean searchable, boolean aggregatable) {}

  @Override
  public Answer run(Call call) {
    List<String> patterns = call.parameters().names("fields");
    if (patterns.isEmpty()) {
      patterns =
          call.object().get("fields") instanceof List<?> list
              ? list.stream().map(String::valueOf).toList()
              : List.of();
    }
    if (patterns.size() > MOST) {
      throw Refused.illegal("a request names " + MOST + " fields at most");
    }
    if (patterns.isEmpty()) {
      throw Refused.illegal("Validation Failed: 1: no fields specified;");
    }
    List<Index> indexes = call.place().expand(call.indexes(), call.lenient());
    Map<String, Map<Kind, List<String>>> found = new TreeMap<>();
    for (Index index : indexes) {
      List<String> wanted = patterns;
      fields(index.mapping())
          .forEach((name, kind) -> {
            if (wanted.stream().anyMatch(pattern -> Place.matches(pattern, name))) {
              found
                  .computeIfAbsent(name, _ -> new LinkedHashMap<>())
                  .computeIfAbsent(kind, _ -> new ArrayList<>())
                  .add(index.name());
            }
          });
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    found.forEach((name, kinds) -> fields.put(name, tree(kinds)));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("indices", indexes.stream().map(Index::name).toList());
    tree.put("fields", fields);
    return Answer.of(tree);
  }

  private static Map<String, Kind> fields(Mapping mapping) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    mapping
        .fields()
        .forEach((name, field) -> {
          boolean whole = !field.type().equals("text") && !field.type().equals(MappedField.VECTOR);
          kinds.put(name, new Kind(field.type(), field.indexed(), whole && field.indexed()));
          if (field.keyword()) {
            String keyword = name + "." + MappedField.KEYWORD;
            kinds.put(keyword, new Kind(MappedField.KEYWORD, true, true));
          }
        });
    return kinds;
  }

  private static Map<String, Object> tree(Map<Kind, List<String>> kinds) {
    Map<String, Object> tree = new LinkedHashMap<>();
    kinds.forEach((kind, indexes) -> {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("type", kind.type());
      one.put("searchable", kind.searchable());
      one.put("aggregatable", kind.aggregatable());
      if (kinds.size() > 1) {
        one.put("indices", indexes);
      }
      tree.put(kind.type(), one);
    });
    return tree;
  }
}
