package cloud.bevy.services.search;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.jspecify.annotations.Nullable;

/// A bucket for each of some ranges of numbers or moments; their ends are not in them.
final class RangeBuckets implements Aggregation {
  private static final int MOST = 256;

  private final AggregationContext context;
  private final SearchField field;
  private final Map<String, FieldQueries.Bounds> ranges = new LinkedHashMap<>();
  private final boolean keyed;
  private final Aggregations inner;

  private RangeBuckets(AggregationContext context, Part part, Aggregations inner) {
    this.context = context;
    this.inner = inner;
    field = context.field(part);
    if (field.kind() == FieldKind.KEYWORD) {
      throw SearchRefusal.illegal(
          "Field ["
              + field.name()
              + "] of type [keyword] is not supported for aggregation [range]");
    }
    keyed = part.bool("keyed", false);
    List<@Nullable Object> given = part.list("ranges");
    if (given.isEmpty() || given.size() > MOST) {
      throw SearchRefusal.illegal("[range] has 1 to " + MOST + " ranges");
    }
    given.forEach(each -> add(Part.of("ranges", each)));
    part.ignore("format");
    part.end();
  }

  static RangeBuckets read(AggregationContext context, Part part, Aggregations inner) {
    return new RangeBuckets(context, part, inner);
  }

  private void add(Part part) {
    String from = Part.scalar(part.value("from"));
    String to = Part.scalar(part.value("to"));
    String key =
        part.text("key", (from == null ? "*" : shown(from)) + "-" + (to == null ? "*" : shown(to)));
    part.end();
    ranges.put(key, new FieldQueries.Bounds(from, true, to, false));
  }

  private String shown(String bound) {
    return field.kind() == FieldKind.DATE
        ? Instant.ofEpochMilli(FieldQueries.moment(field, bound)).toString()
        : Double.toString(FieldQueries.number(field, bound));
  }

  @Override
  public Map<String, @Nullable Object> over(DocSet docs) throws IOException {
    FieldQueries queries = new FieldQueries(new KeywordAnalyzer());
    List<Object> list = new ArrayList<>();
    Map<String, @Nullable Object> byKey = new LinkedHashMap<>();
    for (Map.Entry<String, FieldQueries.Bounds> range : ranges.entrySet()) {
      FieldQueries.Bounds bounds = range.getValue();
      DocSet within = DocSet.of(context.searcher(), queries.range(field, bounds)).and(docs);
      Map<String, @Nullable Object> key = new LinkedHashMap<>();
      if (!keyed) {
        key.put("key", range.getKey());
      }
      bound(key, "from", bounds.low());
      bound(key, "to", bounds.high());
      Map<String, @Nullable Object> bucket = inner.bucket(key, within.count(), () -> within);
      list.add(bucket);
      byKey.put(range.getKey(), bucket);
    }
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("buckets", keyed ? byKey : list);
    return said;
  }

  private void bound(Map<String, @Nullable Object> key, String name, @Nullable String bound) {
    if (bound == null) {
      return;
    }
    if (field.kind() == FieldKind.DATE) {
      key.put(name, FieldQueries.moment(field, bound));
      key.put(name + "_as_string", shown(bound));
    } else {
      key.put(name, FieldQueries.number(field, bound));
    }
  }
}
