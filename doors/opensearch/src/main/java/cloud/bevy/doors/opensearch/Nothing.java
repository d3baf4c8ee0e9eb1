package cloud.bevy.doors.opensearch;

import java.util.List;
import java.util.Map;

/// What needs not be done for an index here: `_flush`, `_forcemerge`, `_cache/clear`, and `PUT
/// /{index}/_settings`, which are taken as those of a new index are.
final class Nothing implements Operation {
  private final boolean settings;

  Nothing(boolean settings) {
    this.settings = settings;
  }

  @Override
  public Answer run(Call call) {
    List<Index> indexes = call.place().expand(call.indexes(), call.lenient());
    if (settings) {
      call.object();
      return Answer.of(Map.of("acknowledged", true));
    }
    return Answer.of(Map.of("_shards", Shards.of(indexes.size())));
  }
}
