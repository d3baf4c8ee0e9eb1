package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cat/shards`, `/_cat/shards/{index}`: an index is one shard.
final class CatShards implements Operation {
  @Override
  public Answer run(Call call) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Index index : call.place().expand(call.indexes(), false)) {
      boolean ready = ClusterHealth.of(call.place(), index).equals("green");
      Map<String, String> row = new LinkedHashMap<>();
      row.put("index", index.name());
      row.put("shard", "0");
      row.put("prirep", "p");
      row.put("state", ready ? "STARTED" : "INITIALIZING");
      row.put("docs", Long.toString(call.place().documents(index)));
      row.put("node", "bevy");
      rows.add(row);
    }
    return Cat.of(call, rows);
  }
}
