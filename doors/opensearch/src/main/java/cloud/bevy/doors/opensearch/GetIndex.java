package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `GET /{index}`, `/{index}/_mapping`, `/{index}/_settings`: what indexes are.
final class GetIndex implements Operation {
  /// Version 2.19.0, as indexes say who has made them.
  private static final String CREATED = "136408127";

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
        one.put("settings", settings(index, call));
      }
      tree.put(index.name(), one);
    }
    return Answer.of(tree);
  }

  /// The settings, of which the path may name some by patterns with stars.
  private static Map<String, Object> settings(Index index, Call call) {
    String wanted = call.given(Route.NAME).orElse("_all");
    List<String> patterns = wanted.equals("_all") ? List.of("*") : List.of(wanted.split(",", -1));
    Map<String, Object> some = new LinkedHashMap<>();
    Map<String, Object> flat = new LinkedHashMap<>();
    settings(index)
        .forEach((name, value) -> {
          String full = name.equals("version") ? "index.version.created" : "index." + name;
          if (patterns.stream().anyMatch(pattern -> Place.matches(pattern, full))) {
            some.put(name, value);
            flat.put(full, name.equals("version") ? CREATED : value);
          }
        });
    boolean flatly = call.parameters().bool("flat_settings", false);
    return flatly ? flat : some.isEmpty() ? Map.of() : Map.of("index", some);
  }

  private static Map<String, Object> settings(Index index) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("creation_date", Long.toString(index.table().description().created().toEpochMilli()));
    tree.put("number_of_shards", "1");
    tree.put("number_of_replicas", "0");
    tree.put("uuid", index.table().description().incarnation());
    tree.put("version", Map.of("created", CREATED));
    tree.put("provided_name", index.name());
    return tree;
  }
}
