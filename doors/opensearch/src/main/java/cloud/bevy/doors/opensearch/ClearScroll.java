package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.Point;
import cloud.bevy.services.search.Points;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `DELETE /_search/scroll`: ends scrolls; those of the body, where it names any.
final class ClearScroll implements Operation {
  @Override
  public Answer run(Call call) {
    Points points = call.place().search().points();
    Object given = call.object().get("scroll_id");
    if (given == null) {
      given = call.given(Route.NAME).orElse("");
    }
    List<String> ids =
        given instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of(String.valueOf(given).split(",", -1));
    if (ids.equals(List.of(""))) {
      throw Refused.illegal("Validation Failed: 1: no scroll ids specified;");
    }
    if (ids.equals(List.of("_all"))) {
      ids = points.all().stream().filter(Point::paged).map(Point::id).toList();
    }
    long freed = ids.stream().filter(points::end).count();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("succeeded", true);
    tree.put("num_freed", freed);
    return new Answer(freed == 0 && !ids.isEmpty() ? Answer.NOT_FOUND : Answer.OK, tree);
  }
}
