package cloud.bevy.doors.opensearch;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.search.JsonTree;
import java.util.Optional;

/// `POST /{index}/_search`.
final class SearchDocuments implements Operation {
  @Override
  public Answer run(Call call) {
    Hits hits =
        new Hits(call.place(), call.parameters(), JsonTree.object(call.body()), new AnswerSize());
    Optional<Bucket> bucket = call.place().bucket(call.indexes());
    if (bucket.isPresent()) {
      return Answer.of(hits.tree(bucket.get()));
    }
    return Answer.of(hits.tree(call.place().expand(call.indexes(), call.lenient())));
  }
}
