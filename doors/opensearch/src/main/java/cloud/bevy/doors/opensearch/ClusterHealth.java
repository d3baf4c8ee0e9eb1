package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.SearchRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cluster/health`: green where every index can be searched at once, yellow where one is
/// still being made. With `wait_for_status` it waits for that.
final class ClusterHealth implements Operation {
  private static final String GREEN = "green";
  private static final int TIMED_OUT = 408;

  @Override
  public Answer run(Call call) {
    List<Index> indexes = call.place().expand(call.indexes(), false);
    boolean timedOut =
        call.parameters().text("wait_for_status").orElse("").equals(GREEN)
            && !waited(call.place(), indexes);
    int ready = (int) indexes.stream().filter(index -> !building(call.place(), index)).count();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("cluster_name", call.place().cloud().key().toString());
    tree.put("status", of(call.place(), indexes));
    tree.put("timed_out", timedOut);
    tree.put("number_of_nodes", 1);
    tree.put("number_of_data_nodes", 1);
    tree.put("discovered_master", true);
    tree.put("discovered_cluster_manager", true);
    tree.put("active_primary_shards", ready);
    tree.put("active_shards", ready);
    tree.put("relocating_shards", 0);
    tree.put("initializing_shards", indexes.size() - ready);
    tree.put("unassigned_shards", 0);
    tree.put("delayed_unassigned_shards", 0);
    tree.put("number_of_pending_tasks", 0);
    tree.put("number_of_in_flight_fetch", 0);
    tree.put("task_max_waiting_in_queue_millis", 0);
    double share = indexes.isEmpty() ? 100.0 : 100.0 * ready / indexes.size();
    tree.put("active_shards_percent_as_number", share);
    return new Answer(timedOut ? TIMED_OUT : Answer.OK, tree);
  }

  private static boolean waited(Place place, List<Index> indexes) {
    try {
      indexes.forEach(index -> place.search().refresh(index.name()));
      return true;
    } catch (SearchRefusal late) {
      if (late.kind() == SearchRefusal.Kind.TIMEOUT) {
        return false;
      }
      throw late;
    }
  }

  private static boolean building(Place place, Index index) {
    return place.search().status(index.name()).building();
  }

  static String of(Place place, Index index) {
    return building(place, index) ? "yellow" : GREEN;
  }

  static String of(Place place, List<Index> indexes) {
    return indexes.stream().anyMatch(index -> building(place, index)) ? "yellow" : GREEN;
  }
}
