package cloud.bevy.services.search;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/// A bucket for what matches a query, or for each of several, or for what has no value.
final class FilterBuckets implements Aggregation {
  private final AggregationContext context;
  private final Map<String, Query> filters = new LinkedHashMap<>();
  private final boolean several;
  private final boolean without;
  private final Aggregations inner;

  private FilterBuckets(AggregationContext context, String kind, Part part, Aggregations inner) {
    this.context = context;
    this.inner = inner;
    several = kind.equals("filters");
    without = kind.equals("missing");
    if (several) {
      Part filters = part.part(kind).part("filters");
      part.part(kind).ignore("filters");
      if (filters.names().isEmpty() || filters.names().size() > Aggregations.MOST) {
        throw SearchRefusal.illegal("[filters] has 1 to " + Aggregations.MOST + " filters");
      }
      for (String name : filters.names()) {
        this.filters.put(name, context.queries().query(filters.value(name)));
      }
    } else if (without) {
      Part missing = part.part(kind);
      SearchField field = context.field(missing);
      missing.end();
      filters.put(kind, new FieldQueries(new KeywordAnalyzer()).exists(field));
    } else {
      filters.put(kind, context.queries().query(part.value(kind)));
    }
  }

  static FilterBuckets read(
      AggregationContext context, String kind, Part part, Aggregations inner) {
    return new FilterBuckets(context, kind, part, inner);
  }

  @Override
  public Map<String, @Nullable Object> over(DocSet docs) throws IOException {
    Map<String, @Nullable Object> buckets = new LinkedHashMap<>();
    for (Map.Entry<String, Query> filter : filters.entrySet()) {
      DocSet matching = DocSet.of(context.searcher(), filter.getValue());
      DocSet within = without ? docs.without(matching) : docs.and(matching);
      Map<String, @Nullable Object> bucket =
          inner.bucket(new LinkedHashMap<>(), within.count(), () -> within);
      if (!several) {
        return bucket;
      }
      buckets.put(filter.getKey(), bucket);
    }
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("buckets", buckets);
    return said;
  }
}
