package cloud.bevy.doors.opensearch;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.search.JsonTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `POST /{index}/_count`.
final class CountDocuments implements Operation {
  @Override
  public Answer run(Call call) {
    Hits hits =
        new Hits(call.place(), call.parameters(), JsonTree.object(call.body()), new AnswerSize());
    Optional<Bucket> bucket = call.place().bucket(call.indexes());
    if (bucket.isPresent()) {
      return answer(hits.count(bucket.get()), 1);
    }
    List<Index> indexes = call.place().expand(call.indexes(), call.lenient());
    return answer(hits.count(indexes), indexes.size());
  }

  private static Answer answer(long count, int shards) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("count", count);
    tree.put("_shards", Map.of("total", shards, "successful", shards, "skipped", 0, "failed", 0));
    return Answer.of(tree);
  }
}
