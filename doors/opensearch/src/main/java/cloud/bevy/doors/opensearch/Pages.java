package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.Point;
import cloud.bevy.services.search.Points;
import cloud.bevy.services.search.SearchHit;
import cloud.bevy.services.search.SearchRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a query finds in an index, as it is now, page by page: for whoever changes it meanwhile.
final class Pages implements AutoCloseable {
  private static final Duration KEEP = Duration.ofMinutes(2);

  private final Points points;
  private final Point point;
  private final String table;
  private final @Nullable Object query;
  private List<@Nullable Object> after = List.of();

  /// @param query null for all
  Pages(Place place, Index index, @Nullable Object query) {
    this.query = query;
    points = place.search().points();
    table = index.name();
    point = points.open(List.of(table), KEEP);
  }

  /// How many documents there are together.
  long count() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    if (query != null) {
      body.put("query", query);
    }
    return point.count(table, SearchRequest.of(body));
  }

  /// The next ones; none at the end.
  List<SearchHit> next(long most) {
    points.use(point.id(), null);
    Map<String, @Nullable Object> search = new LinkedHashMap<>();
    if (query != null) {
      search.put("query", query);
    }
    search.put("size", most);
    search.put("_source", false);
    search.put("sort", List.of("_doc"));
    search.put("track_total_hits", false);
    if (!after.isEmpty()) {
      search.put("search_after", after);
    }
    List<SearchHit> hits = point.search(table, SearchRequest.of(search)).hits();
    after = hits.isEmpty() ? after : hits.getLast().sort();
    return hits;
  }

  @Override
  public void close() {
    points.end(point.id());
  }
}
