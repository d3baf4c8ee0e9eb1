package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.JsonTree;
import cloud.bevy.services.search.SearchRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `POST /{index}/_validate/query`: whether a query can be asked.
final class ValidateQuery implements Operation {
  @Override
  public Answer run(Call call) {
    List<Index> indexes = call.place().expand(call.indexes(), call.lenient());
    String problem = "";
    try {
      new Hits(call.place(), call.parameters(), JsonTree.object(call.body()), new AnswerSize())
          .count(indexes);
    } catch (SearchRefusal refusal) {
      if (refusal.kind().status() != 400) {
        throw refusal;
      }
      problem = refusal.getMessage();
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("_shards", Map.of("total", 1, "successful", 1, "failed", 0));
    tree.put("valid", problem.isEmpty());
    if (!problem.isEmpty() && call.parameters().bool("explain", false)) {
      tree.put("error", problem);
    }
    return Answer.of(tree);
  }
}
