package cloud.bevy.doors.opensearch;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
    List<String> missing = missing(names, tree.keySet(), byIndex);
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

  /// The names that were asked for and that none of the indexes has; patterns may fit none.
  private static List<String> missing(
      Optional<String> names, Set<String> indexes, Map<String, Map<String, Object>> byIndex) {
    Set<String> found = new HashSet<>();
    indexes.forEach(index -> found.addAll(byIndex.getOrDefault(index, Map.of()).keySet()));
    return names.stream()
        .flatMap(all -> Stream.of(all.split(",", -1)))
        .filter(name -> !name.contains("*") && !name.equals("_all") && !found.contains(name))
        .sorted()
        .toList();
  }
}
