package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.Map;

/// To whoever asks, an index is one shard, which answers.
final class Shards {
  private Shards() {}

  static Map<String, Object> of(int indexes) {
    Map<String, Object> shards = new LinkedHashMap<>();
    shards.put("total", indexes);
    shards.put("successful", indexes);
    shards.put("skipped", 0);
    shards.put("failed", 0);
    return shards;
  }
}
