package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cluster/state`, of which the path may name parts and indexes: the node and the indexes
/// with their mappings and aliases. Nothing is routed.
final class ClusterState implements Operation {
  private static final List<String> PARTS =
      List.of(
          "_all",
          "version",
          "cluster_manager_node",
          "master_node",
          "nodes",
          "metadata",
          "blocks",
          "routing_table",
          "routing_nodes");

  @Override
  public Answer run(Call call) {
    List<String> parts = List.of(call.given(Route.NAME).orElse("_all").split(",", -1));
    for (String part : parts) {
      if (!PARTS.contains(part)) {
        throw Refused.illegal(
            "request [/_cluster/state] contains unrecognized metric: [" + part + "]");
      }
    }
    String key = call.place().cloud().key().toString();
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("cluster_manager_node", "bevy");
    whole.put("master_node", "bevy");
    whole.put("blocks", Map.of());
    whole.put("nodes", Map.of("bevy", Map.of("name", "bevy")));
    if (wanted(parts, "metadata")) {
      whole.put("metadata", metadata(call));
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("cluster_name", key);
    tree.put("cluster_uuid", key);
    whole.forEach((name, value) -> {
      if (wanted(parts, name)) {
        tree.put(name, value);
      }
    });
    return Answer.of(tree);
  }

  private static boolean wanted(List<String> parts, String name) {
    return parts.contains("_all") || parts.contains(name);
  }

  private static Map<String, Object> metadata(Call call) {
    Map<String, Map<String, Object>> aliases = call.place().aliases().byIndex(List.of("*"));
    Map<String, Object> indexes = new LinkedHashMap<>();
    for (Index index : call.place().expand(call.indexes(), call.lenient())) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("state", "open");
      one.put("mappings", Map.of("_doc", index.mapping().tree()));
      one.put("aliases", aliases.getOrDefault(index.name(), Map.of()).keySet().stream().toList());
      indexes.put(index.name(), one);
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("cluster_uuid", call.place().cloud().key().toString());
    metadata.put("indices", indexes);
    return metadata;
  }
}
