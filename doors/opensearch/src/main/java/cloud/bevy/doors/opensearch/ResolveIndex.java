package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_resolve/index/{name}`: which indexes and aliases have names like that.
final class ResolveIndex implements Operation {
  @Override
  public Answer run(Call call) {
    Aliases aliases = call.place().aliases();
    Map<String, Map<String, Object>> byIndex = aliases.byIndex(List.of("*"));
    List<Object> indexes = new ArrayList<>();
    List<Object> named = new ArrayList<>();
    for (String pattern : call.name(Route.NAME).split(",", -1)) {
      List<String> names = call.place().search().indexed();
      for (String name : names) {
        if (Place.matches(pattern, name)) {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("name", name);
          one.put("aliases", byIndex.getOrDefault(name, Map.of()).keySet());
          one.put("attributes", List.of("open"));
          indexes.add(one);
        }
      }
      aliases
          .matching(pattern)
          .forEach((name, members) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("indices", members.stream().map(each -> each.index().name()).toList());
            named.add(one);
          });
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("indices", indexes);
    tree.put("aliases", named);
    tree.put("data_streams", List.of());
    return Answer.of(tree);
  }
}
