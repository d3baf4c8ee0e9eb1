package cloud.bevy.services.search;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.jspecify.annotations.Nullable;

/// A bucket for each interval of time, the empty ones between others too where they are wanted.
final class DateHistogramBuckets implements Aggregation {
  private final AggregationContext context;
  private final SearchField field;
  private final DateSteps steps;
  private final long least;
  private final boolean keyed;
  private final boolean down;
  private final @Nullable Long low;
  private final @Nullable Long high;
  private final Aggregations inner;

  private DateHistogramBuckets(AggregationContext context, Part part, Aggregations inner) {
    this.context = context;
    this.inner = inner;
    field = context.field(part);
    if (field.kind() != FieldKind.DATE) {
      throw SearchRefusal.illegal(
          "Field [" + field.name() + "] is not supported for aggregation [date_histogram]");
    }
    steps = DateSteps.read(part);
    least = part.integer("min_doc_count", 0, 0, Integer.MAX_VALUE);
    keyed = part.bool("keyed", false);
    down = down(part);
    Part bounds =
        part.has("extended_bounds")
            ? part.part("extended_bounds")
            : new Part("extended_bounds", new LinkedHashMap<>());
    low = bound(bounds, "min");
    high = bound(bounds, "max");
    bounds.end();
    if (low != null && high != null && low > high) {
      throw SearchRefusal.illegal(
          "[extended_bounds.min]["
              + low
              + "] cannot be greater than [extended_bounds.max]["
              + high
              + "]");
    }
    part.end();
  }

  static DateHistogramBuckets read(AggregationContext context, Part part, Aggregations inner) {
    return new DateHistogramBuckets(context, part, inner);
  }

  private static boolean down(Part part) {
    if (!part.has("order")) {
      return false;
    }
    Part order = part.part("order");
    boolean down = order.text("_key").equals("desc");
    order.end();
    return down;
  }

  private @Nullable Long bound(Part bounds, String name) {
    String text = Part.scalar(bounds.value(name));
    return text == null ? null : (Long) FieldQueries.moment(field, text);
  }

  @Override
  public Map<String, @Nullable Object> over(DocSet docs) throws IOException {
    NavigableMap<Long, Long> counts = new TreeMap<>();
    Metric.each(
        docs,
        field,
        value -> {
          counts.merge(steps.floor((long) value), 1L, Long::sum);
          checkCount(counts.size());
        });
    if (least == 0) {
      fill(counts);
    }
    List<Object> buckets = new ArrayList<>();
    Map<String, @Nullable Object> byKey = new LinkedHashMap<>();
    for (Map.Entry<Long, Long> each : (down ? counts.descendingMap() : counts).entrySet()) {
      if (each.getValue() >= least) {
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        String shown = steps.shown(each.getKey());
        key.put("key_as_string", shown);
        key.put("key", each.getKey());
        Map<String, @Nullable Object> bucket =
            inner.bucket(key, each.getValue(), () -> within(docs, each.getKey()));
        buckets.add(bucket);
        byKey.put(shown, bucket);
      }
    }
    return new LinkedHashMap<>(Collections.singletonMap("buckets", keyed ? byKey : buckets));
  }

  /// Adds the empty intervals between the others and the bounds.
  private void fill(NavigableMap<Long, Long> counts) {
    if (low != null) {
      counts.putIfAbsent(steps.floor(low), 0L);
    }
    if (high != null) {
      counts.putIfAbsent(steps.floor(high), 0L);
    }
    if (counts.isEmpty()) {
      return;
    }
    long last = counts.lastKey();
    for (long at = counts.firstKey(); at < last; at = steps.next(at)) {
      counts.putIfAbsent(at, 0L);
      checkCount(counts.size());
    }
  }

  private static void checkCount(int count) {
    if (count > Budget.MOST_BUCKETS) {
      throw SearchRefusal.illegal(
          "too_many_buckets_exception: [date_histogram] has more than "
              + Budget.MOST_BUCKETS
              + " buckets");
    }
  }

  private DocSet within(DocSet docs, long from) throws IOException {
    FieldQueries.Bounds bounds =
        new FieldQueries.Bounds(
            Instant.ofEpochMilli(from).toString(),
            true,
            Instant.ofEpochMilli(steps.next(from)).toString(),
            false);
    FieldQueries queries = new FieldQueries(new KeywordAnalyzer());
    return DocSet.of(context.searcher(), queries.range(field, bounds)).and(docs);
  }
}
