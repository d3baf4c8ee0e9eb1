package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cat/indices`: the indexes, for people and, with `format=json`, for programs.
final class CatIndices implements Operation {
  @Override
  public Answer run(Call call) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Index index : call.place().expand(call.indexes(), false)) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("health", "green");
      row.put("status", "open");
      row.put("index", index.name());
      row.put("uuid", index.table().description().incarnation());
      row.put("pri", "1");
      row.put("rep", "0");
      row.put("docs.count", Long.toString(call.place().search().refresh(index.name()).items()));
      row.put("docs.deleted", "0");
      rows.add(row);
    }
    if (call.parameters().text("format").orElse("").equals("json")) {
      return Answer.of(rows);
    }
    StringBuilder text = new StringBuilder();
    if (call.parameters().bool("v", false) && !rows.isEmpty()) {
      text.append(String.join(" ", rows.getFirst().keySet())).append('\n');
    }
    rows.forEach(row -> text.append(String.join(" ", row.values())).append('\n'));
    return Answer.of(text.toString());
  }
}
