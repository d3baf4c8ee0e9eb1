package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tables for people and, with `format=json`, for programs.
final class Cat {
  private static final int BAD_REQUEST = 400;

  private Cat() {}

  /// In the order of `s`: columns, each perhaps with `:desc` behind it; numbers as such.
  private static List<Map<String, String>> sorted(
      List<Map<String, String>> rows, List<String> columns) {
    List<Map<String, String>> sorted = new ArrayList<>(rows);
    for (String column : columns.reversed()) {
      boolean down = column.endsWith(":desc");
      String name = column.replaceFirst(":(asc|desc)$", "");
      if (!rows.isEmpty() && !rows.getFirst().containsKey(name)) {
        throw Refused.of(
            BAD_REQUEST,
            "unsupported_operation_exception",
            "Unable to sort by unknown sort key `" + name + "`");
      }
      Comparator<Map<String, String>> by =
          Comparator.comparing(row -> row.getOrDefault(name, ""), Cat::compare);
      sorted.sort(down ? by.reversed() : by);
    }
    return sorted;
  }

  private static int compare(String one, String other) {
    boolean numbers = one.matches("[0-9]{1,18}") && other.matches("[0-9]{1,18}");
    return numbers
        ? Long.compare(Long.parseLong(one), Long.parseLong(other))
        : one.compareTo(other);
  }

  /// Rows that have all the same columns, of which `h` may name some.
  static Answer of(Call call, List<Map<String, String>> rows) {
    List<String> wanted = call.parameters().names("h");
    List<Map<String, String>> sorted = sorted(rows, call.parameters().names("s"));
    List<Map<String, String>> shown = sorted;
    if (!wanted.isEmpty()) {
      shown = new ArrayList<>();
      for (Map<String, String> row : sorted) {
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
