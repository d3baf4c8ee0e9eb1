package cloud.bevy.doors.opensearch;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.search.JsonTree;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `POST /{index}/_search`; with `scroll`, the first page of a scroll.
final class SearchDocuments implements Operation {
  @Override
  public Answer run(Call call) {
    Map<String, @Nullable Object> body = JsonTree.object(call.body());
    Hits hits = new Hits(call.place(), call.parameters(), body, new AnswerSize());
    Optional<Bucket> bucket = call.place().bucket(call.indexes());
    if (bucket.isPresent()) {
      return Answer.of(hits.tree(bucket.get()));
    }
    if (call.parameters().has("scroll")) {
      return Scroll.begin(call, hits);
    }
    return Answer.of(hits.tree(hits.indexes(call.indexes(), call.lenient())));
  }
}
