package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GET /_alias`, `/_alias/{name}`, `/{index}/_alias` and `/{index}/_alias/{name}`: which indexes
/// have which aliases.
final class GetAlias implements Operation {
  @Override
  public Answer run(Call call) {
    Optional<String> names = call.given(Route.NAME);
    List<String> patterns = List.of(names.orElse("*").split(",", -1));
    Map<String, Map<String, Object>> byIndex = new Aliases(call.place()).byIndex(patterns);
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Index index : call.place().expand(call.indexes(), call.lenient())) {
      Map<String, Object> found = byIndex.getOrDefault(index.name(), Map.of());
      if (names.isEmpty() || !found.isEmpty()) {
        tree.put(index.name(), Map.of("aliases", found));
      }
    }
    boolean missing = tree.isEmpty() && names.isPresent() && !names.get().contains("*");
    if (missing) {
      Map<String, Object> none = new LinkedHashMap<>();
      none.put("error", "alias [" + names.get() + "] missing");
      none.put("status", Answer.NOT_FOUND);
      return new Answer(Answer.NOT_FOUND, none);
    }
    return Answer.of(tree);
  }
}
