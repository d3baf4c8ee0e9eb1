package cloud.bevy.services.search;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.jspecify.annotations.Nullable;

/// A bucket for each of the values that occur most often, or come first.
final class TermBuckets implements Aggregation {
  /// The most buckets.
  static final int MOST = 10_000;

  /// The most buckets that have aggregations within them.
  static final int MOST_WITHIN = 1000;

  private static final int SIZE = 10;

  private final AggregationContext context;
  private final SearchField field;
  private final int size;
  private final int least;
  private final Comparator<Bucket> order;
  private final Aggregations inner;

  /// @param key a string, a number or a moment
  private record Bucket(Comparable<?> key, long count) {
    @SuppressWarnings("unchecked")
    Comparable<Object> comparable() {
      return (Comparable<Object>) key;
    }
  }

  private TermBuckets(AggregationContext context, Part part, Aggregations inner) {
    this.context = context;
    this.inner = inner;
    field = context.field(part);
    size = part.integer("size", SIZE, 1, inner.isEmpty() ? MOST : MOST_WITHIN);
    least = part.integer("min_doc_count", 1, 1, Integer.MAX_VALUE);
    order = order(part.value("order"));
    part.ignore("shard_size", "show_term_doc_count_error", "execution_hint", "collect_mode");
    part.end();
  }

  static TermBuckets read(AggregationContext context, Part part, Aggregations inner) {
    return new TermBuckets(context, part, inner);
  }

  private static Comparator<Bucket> order(@Nullable Object order) {
    Comparator<Bucket> byKey = Comparator.comparing(Bucket::comparable);
    Comparator<Bucket> byCount = Comparator.comparingLong(Bucket::count);
    if (order == null) {
      return byCount.reversed().thenComparing(byKey);
    }
    Object first = order instanceof List<?> several && !several.isEmpty() ? several.get(0) : order;
    Part part = Part.of("order", first);
    Comparator<Bucket> by =
        switch (String.join(",", part.names())) {
          case "_key", "_term" -> byKey;
          case "_count" -> byCount;
          default -> throw SearchRefusal.illegal("[order] of [terms] is by _count or _key");
        };
    boolean down = part.text(part.names().iterator().next()).equals("desc");
    return (down ? by.reversed() : by).thenComparing(byKey);
  }

  @Override
  public Map<String, @Nullable Object> over(DocSet docs) throws IOException {
    // The last of those that are kept is at the head.
    PriorityQueue<Bucket> best = new PriorityQueue<>(order.reversed());
    long[] all = new long[1];
    counts(
        docs,
        bucket -> {
          all[0] += bucket.count();
          if (bucket.count() >= least) {
            best.add(bucket);
            if (best.size() > size) {
              best.remove();
            }
          }
        });
    List<Bucket> kept = new ArrayList<>(best);
    kept.sort(order);
    List<Object> buckets = new ArrayList<>();
    for (Bucket bucket : kept) {
      all[0] -= bucket.count();
      buckets.add(inner.bucket(key(bucket), bucket.count(), () -> within(docs, bucket)));
    }
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("doc_count_error_upper_bound", 0);
    said.put("sum_other_doc_count", all[0]);
    said.put("buckets", buckets);
    return said;
  }

  private void counts(DocSet docs, java.util.function.Consumer<Bucket> taker) throws IOException {
    if (field.kind() == FieldKind.KEYWORD) {
      TermCounts.of(docs, field)
          .each((term, count) -> taker.accept(new Bucket(term.utf8ToString(), count)));
      return;
    }
    Map<Double, Long> counts = new HashMap<>();
    Metric.each(
        docs,
        field,
        value -> {
          counts.merge(value, 1L, Long::sum);
          if (counts.size() > Metric.MOST_DIFFERENT) {
            throw SearchRefusal.illegal(
                "["
                    + field.name()
                    + "] has more than "
                    + Metric.MOST_DIFFERENT
                    + " different values");
          }
        });
    counts.forEach((value, count) -> taker.accept(new Bucket(value, count)));
  }

  private Map<String, @Nullable Object> key(Bucket bucket) {
    Map<String, @Nullable Object> key = new LinkedHashMap<>();
    Object value = bucket.key();
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      value = number.longValue();
    }
    key.put("key", value);
    if (field.kind() == FieldKind.DATE && value instanceof Long moment) {
      key.put("key_as_string", Instant.ofEpochMilli(moment).toString());
    }
    return key;
  }

  private DocSet within(DocSet docs, Bucket bucket) throws IOException {
    FieldQueries queries = new FieldQueries(new KeywordAnalyzer());
    Object key = bucket.key();
    String value =
        key instanceof Double number && field.kind() == FieldKind.DATE
            ? Instant.ofEpochMilli(number.longValue()).toString()
            : key.toString();
    return DocSet.of(context.searcher(), queries.exact(field, value)).and(docs);
  }
}
