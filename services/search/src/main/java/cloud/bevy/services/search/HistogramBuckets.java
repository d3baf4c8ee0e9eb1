package cloud.bevy.services.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.jspecify.annotations.Nullable;

/// A bucket for each interval of numbers in which there are any.
final class HistogramBuckets implements Aggregation {
  private final AggregationContext context;
  private final SearchField field;
  private final double interval;
  private final int least;
  private final Aggregations inner;

  private HistogramBuckets(AggregationContext context, Part part, Aggregations inner) {
    this.context = context;
    this.inner = inner;
    field = context.field(part);
    interval = part.number("interval", 0);
    least = part.integer("min_doc_count", 1, 1, Integer.MAX_VALUE);
    part.end();
    if (field.kind() != FieldKind.NUMBER || interval <= 0) {
      throw SearchRefusal.illegal("[histogram] is of a number, by an [interval] above 0");
    }
  }

  static HistogramBuckets read(AggregationContext context, Part part, Aggregations inner) {
    return new HistogramBuckets(context, part, inner);
  }

  @Override
  public Map<String, @Nullable Object> over(DocSet docs) throws IOException {
    int most = inner.isEmpty() ? TermBuckets.MOST : TermBuckets.MOST_WITHIN;
    TreeMap<Double, Long> counts = new TreeMap<>();
    Metric.each(
        docs,
        field,
        value -> {
          counts.merge(Math.floor(value / interval) * interval, 1L, Long::sum);
          if (counts.size() > most) {
            throw SearchRefusal.illegal(
                "too_many_buckets_exception: [histogram] has more than " + most + " buckets");
          }
        });
    List<Object> buckets = new ArrayList<>();
    for (Map.Entry<Double, Long> each : counts.entrySet()) {
      if (each.getValue() >= least) {
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        key.put("key", each.getKey());
        buckets.add(inner.bucket(key, each.getValue(), () -> within(docs, each.getKey())));
      }
    }
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("buckets", buckets);
    return said;
  }

  private DocSet within(DocSet docs, double low) throws IOException {
    FieldQueries.Bounds bounds =
        new FieldQueries.Bounds(Double.toString(low), true, Double.toString(low + interval), false);
    FieldQueries queries = new FieldQueries(new KeywordAnalyzer());
    return DocSet.of(context.searcher(), queries.range(field, bounds)).and(docs);
  }
}
