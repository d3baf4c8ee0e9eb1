package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.Point;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `POST /{index}/_search/point_in_time`: indexes as they are now, for later searches.
final class CreatePoint implements Operation {
  @Override
  public Answer run(Call call) {
    Duration keep =
        TimeValue.read(
            "keep_alive",
            call.parameters()
                .text("keep_alive")
                .orElseThrow(
                    () -> Refused.illegal("Validation Failed: 1: keep alive not specified;")));
    List<String> names =
        call.place().expand(call.name(Route.INDEX), call.lenient()).stream()
            .map(Index::name)
            .toList();
    Point point = call.place().search().points().open(names, keep);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("pit_id", point.id());
    tree.put("_shards", Shards.of(names.size()));
    tree.put("creation_time", point.made().toEpochMilli());
    return Answer.of(tree);
  }
}
