package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.Explained;
import cloud.bevy.services.search.JsonTree;
import cloud.bevy.services.search.SearchRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `POST /{index}/_explain/{id}`: why a document matches a query, or does not.
final class ExplainDocument implements Operation {
  @Override
  public Answer run(Call call) {
    Index index = call.place().index(call.name(Route.INDEX));
    String id = call.name(Route.DOCUMENT);
    Hits hits =
        new Hits(call.place(), call.parameters(), JsonTree.object(call.body()), new AnswerSize());
    if (!hits.body().containsKey("query")) {
      throw Refused.illegal("Validation Failed: 1: query is missing;");
    }
    Optional<Explained> explained =
        call.place().search().explain(index.name(), id, SearchRequest.of(hits.body()));
    Map<String, @Nullable Object> tree = Documents.head(index.name(), id);
    tree.put("matched", explained.map(Explained::matched).orElse(false));
    explained.ifPresent(found -> tree.put("explanation", found.tree()));
    return new Answer(explained.isPresent() ? Answer.OK : Answer.NOT_FOUND, tree);
  }
}
