package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.Map;

/// `GET /_cluster/health`: a cloud that answers is green, since an index can always be made anew.
final class ClusterHealth implements Operation {
  @Override
  public Answer run(Call call) {
    int indexes = call.place().expand(call.indexes(), false).size();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("cluster_name", call.place().cloud().key().toString());
    tree.put("status", "green");
    tree.put("timed_out", false);
    tree.put("number_of_nodes", 1);
    tree.put("number_of_data_nodes", 1);
    tree.put("discovered_master", true);
    tree.put("discovered_cluster_manager", true);
    tree.put("active_primary_shards", indexes);
    tree.put("active_shards", indexes);
    tree.put("relocating_shards", 0);
    tree.put("initializing_shards", 0);
    tree.put("unassigned_shards", 0);
    tree.put("delayed_unassigned_shards", 0);
    tree.put("number_of_pending_tasks", 0);
    tree.put("number_of_in_flight_fetch", 0);
    tree.put("task_max_waiting_in_queue_millis", 0);
    tree.put("active_shards_percent_as_number", 100.0);
    return Answer.of(tree);
  }
}
