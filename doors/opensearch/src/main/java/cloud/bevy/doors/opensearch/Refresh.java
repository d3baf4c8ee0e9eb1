package cloud.bevy.doors.opensearch;

import java.util.List;
import java.util.Map;

/// `POST /{index}/_refresh`: brings indexes to what is in their tables. Searches do so themselves;
/// after this they have less to do.
final class Refresh implements Operation {
  @Override
  public Answer run(Call call) {
    List<Index> indexes = call.place().expand(call.indexes(), call.lenient());
    indexes.forEach(index -> call.place().search().refresh(index.name()));
    int count = indexes.size();
    return Answer.of(Map.of("_shards", Map.of("total", count, "successful", count, "failed", 0)));
  }
}
