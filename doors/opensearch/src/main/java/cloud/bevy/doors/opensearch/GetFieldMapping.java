package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `GET /{index}/_mapping/field/{name}`: what some fields are.
final class GetFieldMapping implements Operation {
  @Override
  public Answer run(Call call) {
    List<String> patterns = List.of(call.name(Route.NAME).split(",", -1));
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Index index : call.place().expand(call.indexes(), call.lenient())) {
      Map<String, Object> fields = new LinkedHashMap<>();
      index
          .mapping()
          .fields()
          .forEach((name, field) -> {
            if (patterns.stream().anyMatch(pattern -> Place.matches(pattern, name))) {
              fields.put(name, shown(name, field));
            }
          });
      tree.put(index.name(), Map.of("mappings", fields));
    }
    return Answer.of(tree);
  }

  private static Map<String, Object> shown(String name, MappedField field) {
    Map<String, @Nullable Object> tree = field.tree();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("full_name", name);
    shown.put("mapping", Map.of(name.substring(name.lastIndexOf('.') + 1), tree));
    return shown;
  }
}
