package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cluster/stats`: how many indexes and documents there are.
final class ClusterStats implements Operation {
  @Override
  public Answer run(Call call) {
    List<Index> indexes = call.place().expand("", false);
    long documents = indexes.stream().mapToLong(call.place()::documents).sum();
    Map<String, Object> counted = new LinkedHashMap<>();
    counted.put("count", indexes.size());
    counted.put("docs", Map.of("count", documents, "deleted", 0));
    Map<String, Object> nodes = new LinkedHashMap<>();
    nodes.put("count", Map.of("total", 1, "data", 1));
    nodes.put("versions", List.of(ClusterInfo.VERSION));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("cluster_name", call.place().cloud().key().toString());
    tree.put("timestamp", call.place().world().time().now().toEpochMilli());
    tree.put("status", ClusterHealth.of(call.place(), indexes));
    tree.put("indices", counted);
    tree.put("nodes", nodes);
    return Answer.of(tree);
  }
}
