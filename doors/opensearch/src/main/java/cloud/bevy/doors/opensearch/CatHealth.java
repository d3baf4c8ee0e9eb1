package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cat/health`.
final class CatHealth implements Operation {
  @Override
  public Answer run(Call call) {
    List<Index> indexes = call.place().expand("", false);
    String shards = Integer.toString(indexes.size());
    Map<String, String> row = new LinkedHashMap<>();
    CatCount.time(row, call.place().world().time().now());
    row.put("cluster", call.place().cloud().key().toString());
    row.put("status", ClusterHealth.of(call.place(), indexes));
    row.put("node.total", "1");
    row.put("node.data", "1");
    row.put("shards", shards);
    row.put("pri", shards);
    return Cat.of(call, List.of(row));
  }
}
