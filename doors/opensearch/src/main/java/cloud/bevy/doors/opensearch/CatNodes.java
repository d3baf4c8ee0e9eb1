package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cat/nodes`: this machine.
final class CatNodes implements Operation {
  @Override
  public Answer run(Call call) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("node.role", "dim");
    row.put("cluster_manager", "*");
    row.put("name", "bevy");
    row.put("version", ClusterInfo.VERSION);
    return Cat.of(call, List.of(row));
  }
}
