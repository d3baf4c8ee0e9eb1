package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `GET /_nodes`: this machine, as one node. Clients cannot find others by it: there are none.
final class NodesInfo implements Operation {
  private static final Set<String> MINE =
      Set.of("_all", "_local", "_master", "_cluster_manager", "bevy", "info", "http", "settings");

  @Override
  public Answer run(Call call) {
    if (!MINE.contains(call.given(Route.NAME).orElse("_all"))) {
      throw Refused.illegal("there is one node here, without parts to be named: [_all]");
    }
    String key = call.place().cloud().key().toString();
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("name", "bevy");
    node.put("version", ClusterInfo.VERSION);
    node.put("build_type", "bevy");
    node.put("roles", List.of("cluster_manager", "data", "ingest"));
    node.put("plugins", List.of());
    node.put("modules", List.of());
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("_nodes", Map.of("total", 1, "successful", 1, "failed", 0));
    tree.put("cluster_name", key);
    tree.put("nodes", Map.of("bevy", node));
    return Answer.of(tree);
  }
}
