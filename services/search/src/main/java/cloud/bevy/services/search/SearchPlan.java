package cloud.bevy.services.search;

import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/// What a search asks for, understood.
///
/// @param from how many hits are passed over
/// @param counted how many matches are counted for sure; 0 for none
/// @param explained whether it is told what the scores are made of
/// @param later what the hits must match too, though the aggregations are of others as well
/// @param fields what of the fields is shown one by one
/// @param after the sort values of the hit to go on behind; empty for none
record SearchPlan(
    Fusion fusion,
    int from,
    int size,
    @Nullable Sorting sorting,
    List<@Nullable Object> after,
    int counted,
    boolean scores,
    SourceFilter source,
    @Nullable Highlighting highlighting,
    @Nullable Aggregations aggregations,
    boolean explained,
    @Nullable Query later,
    ShownFields fields) {
  private static final int SIZE = 10;
  private static final int COUNTED = 10_000;

  /// Reads the body of a search.
  ///
  /// @throws SearchRefusal if it cannot be understood, or asks for too much
  static SearchPlan read(SearchView view, IndexSearcher searcher, Analyzer analyzer, Part body) {
    QueryReader queries = new QueryReader(view, analyzer);
    SearchDefinition definition = view.definition();
    int from = body.integer("from", 0, 0, Integer.MAX_VALUE);
    int size = body.integer("size", SIZE, 0, Integer.MAX_VALUE);
    checkWindow((long) from + size);
    Fusion fusion = Fusion.read(body, queries);
    Sorting sorting = Sorting.read(definition, body.some("sort"));
    List<@Nullable Object> after = body.some("search_after");
    if (!after.isEmpty() && (sorting == null || from > 0)) {
      throw SearchRefusal.illegal(
          sorting == null
              ? "Sort must contain at least one field when using search_after"
              : "`from` parameter must be set to 0 when `search_after` is used.");
    }
    if (fusion.apart() && sorting != null) {
      throw SearchRefusal.illegal("[sort] is not for lists that are joined by [rank] or [hybrid]");
    }
    String aggregations = body.has("aggs") ? "aggs" : "aggregations";
    SearchPlan plan =
        new SearchPlan(
            fusion,
            from,
            size,
            sorting,
            after,
            counted(body.value("track_total_hits")),
            sorting == null || sorting.scored() || body.bool("track_scores", false),
            SourceFilter.read(source(body)),
            body.has("highlight")
                ? Highlighting.read(queries, definition, analyzer, body.part("highlight"))
                : null,
            body.has(aggregations)
                ? Aggregations.read(
                    new AggregationContext(
                        definition, searcher, queries, new Budget(searcher.getTimeout())),
                    body.part(aggregations))
                : null,
            body.bool("explain", false),
            body.has("post_filter") ? queries.query(body.value("post_filter")) : null,
            ShownFields.read(body));
    if (fusion.apart() && plan.later() != null) {
      throw SearchRefusal.illegal(
          "[post_filter] is not for lists that are joined by [rank] or [hybrid]");
    }
    body.ignore("allow_partial_search_results", "stats", "terminate_after");
    body.ignore("refresh", "timeout", "version", "seq_no_primary_term", "track_scores");
    body.end();
    return plan;
  }

  private static void checkWindow(long window) {
    if (window > SearchRun.WINDOW) {
      throw SearchRefusal.illegal(
          "Result window is too large, from + size must be less than or equal to: ["
              + SearchRun.WINDOW
              + "] but was ["
              + window
              + "]. Use search_after to page further");
    }
  }

  /// What of the items is wanted. Whoever wants stored fields wants the source if it is among them.
  private static @Nullable Object source(Part body) {
    List<@Nullable Object> stored = body.some("stored_fields");
    if (body.has("_source") || stored.isEmpty()) {
      return body.value("_source");
    }
    return stored.contains("_source");
  }

  private static int counted(@Nullable Object track) {
    return switch (track) {
      case null -> COUNTED;
      case Boolean all -> all ? Integer.MAX_VALUE : 0;
      case Long most when most >= 0 && most <= Integer.MAX_VALUE -> most.intValue();
      default -> throw SearchRefusal.parsing("[track_total_hits] must be true, false or a number");
    };
  }
}
