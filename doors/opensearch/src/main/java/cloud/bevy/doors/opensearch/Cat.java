package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tables for people and, with `format=json`, for programs.
final class Cat {
  private Cat() {}

  /// Rows that have all the same columns, of which `h` may name some.
  static Answer of(Call call, List<Map<String, String>> rows) {
    List<String> wanted = call.parameters().names("h");
    List<Map<String, String>> shown = rows;
    if (!wanted.isEmpty()) {
      shown = new ArrayList<>();
      for (Map<String, String> row : rows) {
        Map<String, String> some = new LinkedHashMap<>();
        wanted.stream()
            .filter(row::containsKey)
            .forEach(column -> some.put(column, row.getOrDefault(column, "")));
        shown.add(some);
      }
    }
    if (call.parameters().text("format").orElse("").equals("json")) {
      return Answer.of(shown);
    }
    StringBuilder text = new StringBuilder();
    if (call.parameters().bool("v", false) && !shown.isEmpty()) {
      text.append(String.join(" ", shown.getFirst().keySet())).append('\n');
    }
    shown.forEach(row -> text.append(String.join(" ", row.values())).append('\n'));
    return Answer.of(text.toString());
  }
}
