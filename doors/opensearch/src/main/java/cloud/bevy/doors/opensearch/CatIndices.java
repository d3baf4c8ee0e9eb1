package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cat/indices`: the indexes.
final class CatIndices implements Operation {
  @Override
  public Answer run(Call call) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Index index : call.place().expand(call.indexes(), false)) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("health", ClusterHealth.of(call.place(), index));
      row.put("status", "open");
      row.put("index", index.name());
      row.put("uuid", index.table().description().incarnation());
      row.put("pri", "1");
      row.put("rep", "0");
      row.put("docs.count", Long.toString(call.place().documents(index)));
      row.put("docs.deleted", "0");
      rows.add(row);
    }
    return Cat.of(call, rows);
  }
}
