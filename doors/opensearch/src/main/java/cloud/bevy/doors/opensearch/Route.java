package cloud.bevy.doors.opensearch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which operation answers which methods at which path.
///
/// @param path its parts; those in braces are names
/// @param writes whether it changes anything
record Route(Set<String> methods, List<String> path, Operation operation, boolean writes) {
  static final String INDEX = "index";
  static final String DOCUMENT = "id";
  static final String NAME = "name";
  private static final String ALL = "_all";

  static Route reading(String methods, String path, Operation operation) {
    return of(methods, path, operation, false);
  }

  static Route writing(String methods, String path, Operation operation) {
    return of(methods, path, operation, true);
  }

  private static Route of(String methods, String path, Operation operation, boolean writes) {
    return new Route(
        Set.of(methods.split(" ", -1)), List.of(path.split("/", -1)), operation, writes);
  }

  /// What the path of a request has for the names; nothing where it is another path.
  Optional<Map<String, String>> match(List<String> given) {
    if (given.size() != path.size()) {
      return Optional.empty();
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String part = path.get(i);
      String value = given.get(i);
      if (!part.startsWith("{")) {
        if (!part.equals(value)) {
          return Optional.empty();
        }
        continue;
      }
      String name = part.substring(1, part.length() - 1);
      boolean reserved = value.isEmpty() || (value.startsWith("_") && !value.equals(ALL));
      if (name.equals(INDEX) ? reserved : value.isEmpty()) {
        return Optional.empty();
      }
      named.put(name, value);
    }
    return Optional.of(named);
  }
}
