package cloud.bevy.services.search;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The aggregations of a search, or of a bucket of another, by name.
final class Aggregations {
  /// How many there may be side by side.
  static final int MOST = 64;

  /// How many may be within each other.
  static final int DEEPEST = 4;

  private final Map<String, Aggregation> named = new LinkedHashMap<>();

  private final Budget budget;

  private Aggregations(Budget budget) {
    this.budget = budget;
  }

  /// Reads them.
  ///
  /// @throws SearchRefusal if they are not known, do not fit the fields, or are too many
  static Aggregations read(AggregationContext context, Part part) {
    return read(context, part, 1);
  }

  private static Aggregations read(AggregationContext context, Part part, int depth) {
    if (part.names().size() > MOST || depth > DEEPEST) {
      throw SearchRefusal.illegal(
          "a search has "
              + MOST
              + " aggregations side by side at most, and "
              + DEEPEST
              + " within each other");
    }
    Aggregations all = new Aggregations(context.budget());
    for (String name : part.names()) {
      all.named.put(name, one(context, part.part(name), depth));
    }
    part.end();
    return all;
  }

  private static Aggregation one(AggregationContext context, Part part, int depth) {
    Map<String, @Nullable Object> meta =
        part.has("meta") ? Part.map("meta", part.value("meta")) : Map.of();
    String within = part.has("aggs") ? "aggs" : "aggregations";
    Aggregations inner =
        part.has(within)
            ? read(context, part.part(within), depth + 1)
            : new Aggregations(context.budget());
    String kind =
        part.names().stream()
            .filter(name -> !name.equals(within) && !name.equals("meta"))
            .findFirst()
            .orElseThrow(() ->
                SearchRefusal.parsing("Missing definition for aggregation [" + part.name() + "]"));
    Aggregation aggregation = kind(context, kind, part, inner);
    part.end();
    return meta.isEmpty() ? aggregation : docs -> noted(meta, aggregation.over(docs));
  }

  /// What an aggregation says, with what its asker has noted for himself.
  private static Map<String, @Nullable Object> noted(
      Map<String, @Nullable Object> meta, Map<String, @Nullable Object> said) {
    Map<String, @Nullable Object> noted = new LinkedHashMap<>();
    noted.put("meta", meta);
    noted.putAll(said);
    return noted;
  }

  private static Aggregation kind(
      AggregationContext context, String kind, Part part, Aggregations inner) {
    return switch (kind) {
      case "terms" -> TermBuckets.read(context, part.part(kind), inner);
      case "range", "date_range" -> RangeBuckets.read(context, part.part(kind), inner);
      case "date_histogram" -> DateHistogramBuckets.read(context, part.part(kind), inner);
      case "histogram" -> HistogramBuckets.read(context, part.part(kind), inner);
      case "filter", "filters", "missing" -> FilterBuckets.read(context, kind, part, inner);
      case "min",
          "max",
          "avg",
          "sum",
          "stats",
          "value_count",
          "cardinality",
          "extended_stats",
          "percentiles" ->
          metric(context, kind, part.part(kind), inner);
      default -> throw SearchRefusal.parsing("Unknown aggregation type [" + kind + "]");
    };
  }

  private static Aggregation metric(
      AggregationContext context, String kind, Part part, Aggregations inner) {
    if (!inner.isEmpty()) {
      throw SearchRefusal.parsing("[" + kind + "] cannot have aggregations within it");
    }
    return switch (kind) {
      case "extended_stats", "percentiles" -> Spread.read(context, kind, part);
      default -> Metric.read(context, kind, part);
    };
  }

  boolean isEmpty() {
    return named.isEmpty();
  }

  /// What all of them say.
  Map<String, @Nullable Object> over(DocSet docs) throws IOException {
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    for (Map.Entry<String, Aggregation> each : named.entrySet()) {
      said.put(each.getKey(), each.getValue().over(docs));
    }
    return said;
  }

  /// A bucket: how many documents are in it, and what is said of them.
  Map<String, @Nullable Object> bucket(Map<String, @Nullable Object> key, long count, Docs docs)
      throws IOException {
    Map<String, @Nullable Object> bucket = new LinkedHashMap<>(key);
    bucket.put("doc_count", count);
    budget.bucket();
    if (!named.isEmpty()) {
      bucket.putAll(over(docs.get()));
    }
    return bucket;
  }

  /// The documents of a bucket, gathered where they are needed.
  interface Docs {
    DocSet get() throws IOException;
  }
}
