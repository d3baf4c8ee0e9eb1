package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `GET /{index}`, `/{index}/_mapping`, `/{index}/_settings`: what indexes are.
final class GetIndex implements Operation {
  private final boolean mapping;
  private final boolean settings;

  GetIndex(boolean mapping, boolean settings) {
    this.mapping = mapping;
    this.settings = settings;
  }

  @Override
  public Answer run(Call call) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    boolean all = mapping && settings;
    Map<String, Map<String, Object>> aliases =
        all ? call.place().aliases().byIndex(List.of("*")) : Map.of();
    for (Index index : call.place().expand(call.indexes(), call.lenient())) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      if (all) {
        one.put("aliases", aliases.getOrDefault(index.name(), Map.of()));
      }
      if (mapping) {
        one.put("mappings", index.mapping().tree());
      }
      if (settings) {
        one.put("settings", Map.of("index", settings(index)));
      }
      tree.put(index.name(), one);
    }
    return Answer.of(tree);
  }

  private static Map<String, Object> settings(Index index) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("creation_date", Long.toString(index.table().description().created().toEpochMilli()));
    tree.put("number_of_shards", "1");
    tree.put("number_of_replicas", "0");
    tree.put("uuid", index.table().description().incarnation());
    tree.put("version", Map.of("created", "136408127"));
    tree.put("provided_name", index.name());
    return tree;
  }
}
