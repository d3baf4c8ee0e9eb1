package cloud.bevy.doors.opensearch;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `GET /_alias`, `/_alias/{name}`, `/{index}/_alias` and `/{index}/_alias/{name}`: which indexes
/// have which aliases.
final class GetAlias implements Operation {
  @Override
  public Answer run(Call call) {
    Optional<String> names = call.given(Route.NAME);
    List<String> patterns = List.of(names.orElse("*").split(",", -1));
    Map<String, Map<String, Object>> byIndex = new Aliases(call.place()).byIndex(patterns);
    Map<String, Object> tree = new LinkedHashMap<>();
    Set<String> present = new HashSet<>();
    for (Index index : call.place().expand(call.indexes(), call.lenient())) {
      Map<String, Object> found = byIndex.getOrDefault(index.name(), Map.of());
      present.addAll(found.keySet());
      if (names.isEmpty() || !found.isEmpty()) {
        tree.put(index.name(), Map.of("aliases", found));
      }
    }
    List<String> missing =
        patterns.stream()
            .filter(name -> !name.contains("*") && !name.equals("_all") && !present.contains(name))
            .sorted()
            .toList();
    if (missing.isEmpty()) {
      return Answer.of(tree);
    }
    Map<String, Object> some = new LinkedHashMap<>();
    String word = missing.size() == 1 ? "alias" : "aliases";
    some.put("error", word + " [" + String.join(",", missing) + "] missing");
    some.put("status", Answer.NOT_FOUND);
    some.putAll(tree);
    return new Answer(Answer.NOT_FOUND, some);
  }
}
