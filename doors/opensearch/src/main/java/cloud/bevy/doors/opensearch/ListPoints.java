package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_search/point_in_time/_all`: the points in time that there are.
final class ListPoints implements Operation {
  @Override
  public Answer run(Call call) {
    List<Map<String, Object>> pits =
        call.place().search().points().all().stream()
            .filter(point -> !point.paged())
            .map(point -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("pit_id", point.id());
              one.put("creation_time", point.made().toEpochMilli());
              one.put("keep_alive", point.keep().toMillis());
              return one;
            })
            .toList();
    return Answer.of(Map.of("pits", pits));
  }
}
