package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.JsonTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `POST /{index}/_count`.
final class CountDocuments implements Operation {
  @Override
  public Answer run(Call call) {
    List<Index> indexes = call.place().expand(call.indexes(), call.lenient());
    Hits hits =
        new Hits(call.place(), call.parameters(), JsonTree.object(call.body()), new AnswerSize());
    int shards = indexes.size();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("count", hits.count(indexes));
    tree.put("_shards", Map.of("total", shards, "successful", shards, "skipped", 0, "failed", 0));
    return Answer.of(tree);
  }
}
