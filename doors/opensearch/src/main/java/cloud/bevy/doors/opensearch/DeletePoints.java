package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.Point;
import cloud.bevy.services.search.Points;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `DELETE /_search/point_in_time`, `/_search/point_in_time/_all`: ends points in time.
final class DeletePoints implements Operation {
  private final boolean all;

  DeletePoints(boolean all) {
    this.all = all;
  }

  @Override
  public Answer run(Call call) {
    Points points = call.place().search().points();
    List<String> ids =
        all
            ? points.all().stream().filter(point -> !point.paged()).map(Point::id).toList()
            : given(call);
    List<Object> ended = new ArrayList<>();
    boolean any = ids.isEmpty();
    for (String id : ids) {
      boolean there = points.end(id);
      any |= there;
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("successful", there);
      one.put("pit_id", id);
      ended.add(one);
    }
    return new Answer(any ? Answer.OK : Answer.NOT_FOUND, Map.of("pits", ended));
  }

  private static List<String> given(Call call) {
    Object given = call.object().get("pit_id");
    if (given instanceof String one) {
      return List.of(one);
    }
    if (given == null) {
      throw Refused.illegal("Validation Failed: 1: no pit ids specified;");
    }
    return Json.list("pit_id", given).stream().map(String::valueOf).toList();
  }
}
