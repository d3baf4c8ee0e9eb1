package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.JsonTree;

/// `POST /{index}/_search`.
final class SearchDocuments implements Operation {
  @Override
  public Answer run(Call call) {
    Hits hits =
        new Hits(call.place(), call.parameters(), JsonTree.object(call.body()), new AnswerSize());
    return Answer.of(hits.tree(call.place().expand(call.indexes(), call.lenient())));
  }
}
