package cloud.bevy.doors.opensearch;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.search.Point;
import cloud.bevy.services.search.SearchAnswer;
import cloud.bevy.services.search.SearchRefusal;
import cloud.bevy.services.search.SearchRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A search of one index or several, and its answer.
final class Hits {
  private static final int SIZE = 10;

  private final Place place;
  private final Parameters parameters;
  private final AnswerSize size;
  private final Map<String, @Nullable Object> body;
  private final @Nullable Point point;

  /// @param size of the answer that the hits are part of
  Hits(Place place, Parameters parameters, Map<String, @Nullable Object> body, AnswerSize size) {
    this.place = place;
    this.size = size;
    this.parameters = parameters;
    this.body = new LinkedHashMap<>(body);
    Object given = this.body.remove("pit");
    point = given == null ? null : point(Json.map("pit", given));
    addParameters();
  }

  private Point point(Map<String, @Nullable Object> pit) {
    if (!(pit.get("id") instanceof String id)) {
      throw Refused.parsing("[pit] needs an [id]");
    }
    Object keep = pit.get("keep_alive");
    return place
        .search()
        .points()
        .use(id, keep == null ? null : TimeValue.read("keep_alive", String.valueOf(keep)));
  }

  /// The body of the search, with what the parameters say.
  Map<String, @Nullable Object> body() {
    return new LinkedHashMap<>(body);
  }

  /// The indexes that are searched: those of a point in time, if one is named.
  List<Index> indexes(String names, boolean lenient) {
    Point held = point;
    if (held == null) {
      return place.expand(names, lenient);
    }
    if (!names.isEmpty()) {
      throw Refused.illegal(
          "Validation Failed: 1: [indices] cannot be used with point in time. Do not specify any"
              + " index with point in time.;");
    }
    return held.tables().stream().map(place::index).toList();
  }

  private void addParameters() {
    for (String name : List.of("from", "size")) {
      parameters.whole(name).ifPresent(value -> body.put(name, value));
    }
    addQuery();
    List<Object> sort = new ArrayList<>();
    for (String each : parameters.names("sort")) {
      int colon = each.lastIndexOf(':');
      sort.add(colon < 0 ? each : Map.of(each.substring(0, colon), each.substring(colon + 1)));
    }
    if (!sort.isEmpty()) {
      body.put("sort", sort);
    }
    parameters
        .text("track_total_hits")
        .ifPresent(text -> body.put("track_total_hits", tracked(text)));
    if (parameters.has("track_scores")) {
      body.put("track_scores", parameters.bool("track_scores", false));
    }
    String source = parameters.text("_source").orElse("");
    List<String> includes = parameters.names("_source_includes");
    if (source.equals("false") || source.equals("true")) {
      body.put("_source", source.equals("true"));
    } else if (!source.isEmpty()) {
      includes = parameters.names("_source");
    }
    for (String name : List.of("version", "seq_no_primary_term")) {
      if (parameters.has(name)) {
        body.put(name, parameters.bool(name, false));
      }
    }
    for (String name : List.of("docvalue_fields", "stored_fields")) {
      if (parameters.has(name)) {
        body.put(name, parameters.names(name));
      }
    }
    List<String> excludes = parameters.names("_source_excludes");
    if (!includes.isEmpty() || !excludes.isEmpty()) {
      body.put("_source", Map.of("includes", includes, "excludes", excludes));
    }
  }

  private Object tracked(String text) {
    return text.matches("[0-9]{1,9}")
        ? (Object) Long.parseLong(text)
        : (Object) parameters.bool("track_total_hits", true);
  }

  private void addQuery() {
    parameters
        .text("q")
        .ifPresent(text -> body.put("query", Map.of("query_string", queryString(text))));
  }

  private Map<String, Object> queryString(String text) {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("query", text);
    parameters.text("df").ifPresent(field -> query.put("default_field", field));
    parameters.text("default_operator").ifPresent(word -> query.put("default_operator", word));
    return query;
  }

  /// How many documents match.
  long count(List<Index> indexes) {
    SearchRequest request = SearchRequest.of(body);
    return indexes.stream().mapToLong(index -> place.search().count(index.name(), request)).sum();
  }

  /// What is found.
  Map<String, @Nullable Object> tree(List<Index> indexes) {
    long started = place.world().time().nanos();
    Map<String, @Nullable Object> found =
        indexes.size() == 1 ? one(indexes.getFirst()) : several(indexes);
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    if (point != null) {
      tree.put("pit_id", point.id());
    }
    tree.put("took", (place.world().time().nanos() - started) / 1_000_000);
    tree.putAll(found);
    return tree;
  }

  /// How many objects of a bucket match.
  long count(Bucket bucket) {
    return place.search().buckets().count(bucket, SearchRequest.of(body));
  }

  /// What is found in a bucket.
  Map<String, @Nullable Object> tree(Bucket bucket) {
    long started = place.world().time().nanos();
    SearchAnswer answer =
        size.with(place.search().buckets().search(bucket, SearchRequest.of(body)));
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("took", (place.world().time().nanos() - started) / 1_000_000);
    tree.putAll(answer.tree(bucket.name().text()));
    Map<String, @Nullable Object> hits = new LinkedHashMap<>(Json.map("hits", tree.get("hits")));
    totalAsNumber(hits);
    tree.put("hits", hits);
    return tree;
  }

  private Map<String, @Nullable Object> one(Index index) {
    SearchAnswer answer = found(index, body);
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(answer.tree(index.name()));
    Map<String, @Nullable Object> hits = new LinkedHashMap<>(Json.map("hits", tree.get("hits")));
    List<Object> shown = shown(hits);
    new HitVersions(body).add(index, answer, shown);
    hits.put("hits", shown);
    totalAsNumber(hits);
    tree.put("hits", hits);
    Object aggregations = tree.get("aggregations");
    Object asked = body.getOrDefault("aggs", body.get("aggregations"));
    if (aggregations != null && asked != null && parameters.bool("typed_keys", false)) {
      TypedKeys typed = new TypedKeys(index.mapping());
      tree.put("aggregations", typed.of(Json.map("aggs", asked), Json.map("", aggregations)));
    }
    return tree;
  }

  private SearchAnswer found(Index index, Map<String, @Nullable Object> search) {
    SearchRequest request = SearchRequest.of(search);
    Point held = point;
    return size.with(
        held == null
            ? place.search().search(index.name(), request)
            : held.search(index.name(), request));
  }

  private void totalAsNumber(Map<String, @Nullable Object> hits) {
    if (parameters.bool("rest_total_hits_as_int", false)) {
      hits.put("total", hits.get("total") instanceof Map<?, ?> total ? total.get("value") : -1);
    }
  }

  /// Hits as documents are shown.
  static List<Object> shown(Map<String, @Nullable Object> hits) {
    List<Object> shown = new ArrayList<>();
    for (Object each : Json.list("hits", hits.get("hits"))) {
      Map<String, @Nullable Object> hit = new LinkedHashMap<>(Json.map("hit", each));
      if (hit.get("_source") != null) {
        hit.put("_source", Documents.withoutId(Json.map("_source", hit.get("_source"))));
      }
      shown.add(hit);
    }
    return shown;
  }

  /// Joins what several indexes have, by the scores.
  private Map<String, @Nullable Object> several(List<Index> indexes) {
    for (String single : List.of("sort", "aggs", "aggregations", "search_after")) {
      if (body.containsKey(single)) {
        throw Refused.illegal("[" + single + "] is for searches of one index");
      }
    }
    int from = whole("from", 0);
    int wanted = whole("size", SIZE);
    Map<String, @Nullable Object> wider = new LinkedHashMap<>(body);
    wider.put("from", 0L);
    wider.put("size", (long) from + wanted);
    List<Object> all = new ArrayList<>();
    long total = 0;
    boolean exact = true;
    boolean counted = true;
    boolean timedOut = false;
    for (Index index : indexes) {
      SearchAnswer answer = found(index, wider);
      List<Object> shown = shown(Json.map("hits", answer.tree(index.name()).get("hits")));
      new HitVersions(body).add(index, answer, shown);
      all.addAll(shown);
      SearchAnswer.Total part = answer.total();
      counted &= part != null;
      total += part == null ? 0 : part.count();
      exact &= part == null || part.exact();
      timedOut |= answer.timedOut();
    }
    all.sort(Comparator.comparingDouble(Hits::score).reversed());
    Map<String, @Nullable Object> hits = new LinkedHashMap<>();
    if (counted) {
      hits.put("total", Map.of("value", total, "relation", exact ? "eq" : "gte"));
    }
    hits.put("max_score", all.isEmpty() ? null : score(all.getFirst()));
    hits.put("hits", all.subList(Math.min(from, all.size()), Math.min(from + wanted, all.size())));
    totalAsNumber(hits);
    int count = indexes.size();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("timed_out", timedOut);
    tree.put("_shards", Map.of("total", count, "successful", count, "skipped", 0, "failed", 0));
    tree.put("hits", hits);
    return tree;
  }

  private int whole(String name, int otherwise) {
    Object value = body.getOrDefault(name, (long) otherwise);
    if (value instanceof Long number && number >= 0 && number <= 10_000) {
      return number.intValue();
    }
    throw new SearchRefusal(
        SearchRefusal.Kind.ILLEGAL_ARGUMENT, "[" + name + "] must be from 0 to 10000");
  }

  private static double score(Object hit) {
    return Json.map("hit", hit).get("_score") instanceof Float score ? score : 0;
  }
}
