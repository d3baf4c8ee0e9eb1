package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.Map;

/// `GET /`: whom clients believe to talk to.
final class ClusterInfo implements Operation {
  /// The version of OpenSearch whose API this is; of Lucene, that which is used.
  static final String VERSION = "2.19.0";

  private static final String LUCENE = "10.6.0";

  @Override
  public Answer run(Call call) {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("distribution", "opensearch");
    version.put("number", VERSION);
    version.put("build_type", "bevy");
    version.put("build_hash", "unknown");
    version.put("build_date", "2026-01-01T00:00:00Z");
    version.put("build_snapshot", false);
    version.put("lucene_version", LUCENE);
    version.put("minimum_wire_compatibility_version", "7.10.0");
    version.put("minimum_index_compatibility_version", "7.0.0");
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", "bevy");
    tree.put("cluster_name", call.place().cloud().key().toString());
    tree.put("cluster_uuid", call.place().cloud().key().toString());
    tree.put("version", version);
    tree.put("tagline", "The OpenSearch Project: https://opensearch.org/");
    return Answer.of(tree);
  }
}
