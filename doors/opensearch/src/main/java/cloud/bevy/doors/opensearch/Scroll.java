package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.Point;
import cloud.bevy.services.search.Points;
import cloud.bevy.services.search.SearchAnswer;
import cloud.bevy.services.search.SearchHit;
import cloud.bevy.services.search.SearchRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A search that is answered page by page, of a point in time. The place that was reached is kept
/// with the point.
final class Scroll {
  private static final int SIZE = 10;
  private static final int MOST = 10_000;

  /// The most bytes of a search that is kept from page to page.
  private static final int MOST_BYTES = 64 << 10;

  private final Call call;
  private final Point point;

  /// Where a scroll is.
  ///
  /// @param body the search
  /// @param size of a page
  /// @param total how many documents match
  /// @param at which of the indexes is read
  /// @param after the last that was read there; empty for none
  private record Progress(
      Map<String, @Nullable Object> body,
      int size,
      long total,
      int at,
      List<@Nullable Object> after) {
    boolean sorted() {
      return body.containsKey("sort");
    }
  }

  private Scroll(Call call, Point point) {
    this.call = call;
    this.point = point;
  }

  /// Answers the first page.
  static Answer begin(Call call, Hits hits) {
    Map<String, @Nullable Object> body = hits.body();
    if (call.body().length > MOST_BYTES) {
      throw Refused.illegal("a scroll's search has at most " + MOST_BYTES + " bytes");
    }
    int size = size(body);
    List<Index> indexes = call.place().expand(call.indexes(), call.lenient());
    boolean ordered = body.containsKey("sort") && indexes.size() > 1;
    if (ordered) {
      throw Refused.illegal("[sort] is for searches of one index");
    }
    Duration keep = keep(call.parameters().text("scroll").orElse(""));
    Points points = call.place().search().points();
    Point point = points.open(indexes.stream().map(Index::name).toList(), keep);
    boolean done = false;
    try {
      Scroll scroll = new Scroll(call, point);
      Answer answer = scroll.page(point.turn(), scroll.first(body, size));
      done = true;
      return answer;
    } finally {
      if (!done) {
        points.end(point.id());
      }
    }
  }

  private static int size(Map<String, @Nullable Object> body) {
    if (body.get("from") instanceof Long from && from > 0) {
      throw invalid("using [from] is not allowed in a scroll context");
    }
    if (body.containsKey("search_after")) {
      throw invalid("`search_after` cannot be used in a scroll context.");
    }
    Object size = body.getOrDefault("size", (long) SIZE);
    if (!(size instanceof Long number) || number < 1 || number > MOST) {
      throw invalid("[size] cannot be [" + size + "] in a scroll context");
    }
    return number.intValue();
  }

  private static Refused invalid(String why) {
    return Refused.illegal("Validation Failed: 1: " + why + ";");
  }

  static Duration keep(String text) {
    return TimeValue.read("scroll", text);
  }

  private Progress first(Map<String, @Nullable Object> body, int size) {
    Map<String, @Nullable Object> counted = new LinkedHashMap<>();
    for (String member : List.of("query", "knn", "rank")) {
      if (body.containsKey(member)) {
        counted.put(member, body.get(member));
      }
    }
    SearchRequest request = SearchRequest.of(counted);
    long total = point.tables().stream().mapToLong(table -> point.count(table, request)).sum();
    body.put("track_total_hits", false);
    return new Progress(body, size, total, 0, List.of());
  }

  /// Answers the page behind the place that was reached.
  static Answer next(Call call, String id, @Nullable Duration keep) {
    Point point = call.place().search().points().use(id, keep);
    Point.Turn turn = point.turn();
    if (!(turn.place() instanceof Progress progress)) {
      throw Refused.illegal("[" + id + "] is a point in time, no scroll");
    }
    return new Scroll(call, point).page(turn, progress);
  }

  private Answer page(Point.Turn turn, Progress from) {
    long started = call.place().world().time().nanos();
    AnswerSize bytes = new AnswerSize();
    Progress progress = from;
    List<Object> hits = new ArrayList<>();
    Map<String, @Nullable Object> answered = new LinkedHashMap<>();
    Object best = null;
    boolean timedOut = false;
    while (hits.size() < from.size() && progress.at() < point.tables().size()) {
      String table = point.tables().get(progress.at());
      SearchAnswer answer = found(table, progress, from.size() - hits.size());
      bytes.with(answer);
      Map<String, @Nullable Object> tree = answer.tree(table);
      hits.addAll(shown(Json.map("hits", tree.get("hits")), progress.sorted()));
      best = best == null ? answer.best() : best;
      timedOut |= answer.timedOut();
      if (tree.containsKey("aggregations")) {
        answered.put("aggregations", tree.get("aggregations"));
      }
      progress = after(progress, answer.hits());
    }
    point.move(turn, progress);
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("_scroll_id", point.id());
    tree.put("took", (call.place().world().time().nanos() - started) / 1_000_000);
    tree.put("timed_out", timedOut);
    tree.put("_shards", Shards.of(point.tables().size()));
    tree.put("hits", hits(from, best, hits));
    tree.putAll(answered);
    return Answer.of(tree);
  }

  private Map<String, @Nullable Object> hits(
      Progress progress, @Nullable Object best, List<Object> shown) {
    Map<String, @Nullable Object> hits = new LinkedHashMap<>();
    boolean plain = call.parameters().bool("rest_total_hits_as_int", false);
    Map<String, Object> total = new LinkedHashMap<>();
    total.put("value", progress.total());
    total.put("relation", "eq");
    hits.put("total", plain ? (Object) progress.total() : total);
    hits.put("max_score", best);
    hits.put("hits", shown);
    return hits;
  }

  private SearchAnswer found(String table, Progress progress, int size) {
    Map<String, @Nullable Object> search = new LinkedHashMap<>(progress.body());
    search.put("size", (long) size);
    if (!progress.sorted()) {
      search.put("sort", List.of("_score"));
    }
    if (!progress.after().isEmpty()) {
      search.put("search_after", progress.after());
      search.remove("aggs");
      search.remove("aggregations");
    }
    return point.search(table, SearchRequest.of(search));
  }

  private static List<Object> shown(Map<String, @Nullable Object> hits, boolean sorted) {
    List<Object> shown = Hits.shown(hits);
    if (!sorted) {
      shown.forEach(hit -> Json.map("hit", hit).remove("sort"));
    }
    return shown;
  }

  private static Progress after(Progress before, List<SearchHit> hits) {
    boolean over = hits.isEmpty();
    List<@Nullable Object> after = new ArrayList<>();
    if (!over) {
      // As they would be read from JSON.
      hits.getLast()
          .sort()
          .forEach(
              value -> after.add(value instanceof Float score ? (Object) (double) score : value));
    }
    int at = before.at() + (over ? 1 : 0);
    return new Progress(before.body(), before.size(), before.total(), at, after);
  }
}
