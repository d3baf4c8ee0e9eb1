package cloud.bevy.services.search;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/// One number, or a few, about the values of a field.
final class Metric implements Aggregation {
  /// The most different numbers that are counted.
  static final int MOST_DIFFERENT = 1_000_000;

  private final String kind;
  private final SearchField field;

  private Metric(String kind, SearchField field) {
    this.kind = kind;
    this.field = field;
  }

  static Metric read(AggregationContext context, String kind, Part part) {
    SearchField field = context.field(part);
    boolean any = kind.equals("value_count") || kind.equals("cardinality");
    if (!any && field.kind() == FieldKind.KEYWORD) {
      throw SearchRefusal.illegal(
          "Field ["
              + field.name()
              + "] of type [keyword] is not supported for aggregation ["
              + kind
              + "]");
    }
    part.ignore("precision_threshold", "format");
    part.end();
    return new Metric(kind, field);
  }

  /// What is gathered of the values.
  private static final class Values {
    private long count;
    private double sum;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    void add(double value) {
      count++;
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }

  @Override
  public Map<String, @Nullable Object> over(DocSet docs) throws IOException {
    if (kind.equals("cardinality")) {
      return one(different(docs));
    }
    if (field.kind() == FieldKind.KEYWORD) {
      return one(keywords(docs));
    }
    Values values = new Values();
    each(docs, field, values::add);
    return switch (kind) {
      case "value_count" -> one(values.count);
      case "sum" -> one(values.sum);
      case "avg" -> dated(values.count == 0 ? null : values.sum / values.count);
      case "min" -> dated(values.count == 0 ? null : values.least);
      case "max" -> dated(values.count == 0 ? null : values.most);
      default -> stats(values);
    };
  }

  private static Map<String, @Nullable Object> stats(Values values) {
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    boolean none = values.count == 0;
    said.put("count", values.count);
    said.put("min", none ? null : values.least);
    said.put("max", none ? null : values.most);
    said.put("avg", none ? null : values.sum / values.count);
    said.put("sum", values.sum);
    return said;
  }

  private static Map<String, @Nullable Object> one(Object value) {
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("value", value);
    return said;
  }

  private Map<String, @Nullable Object> dated(@Nullable Double value) {
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("value", value);
    if (value != null && field.kind() == FieldKind.DATE) {
      said.put("value_as_string", Instant.ofEpochMilli(value.longValue()).toString());
    }
    return said;
  }

  private long keywords(DocSet docs) throws IOException {
    long count = 0;
    for (int leaf = 0; leaf < docs.leaves().size(); leaf++) {
      SortedSetDocValues values =
          DocValues.getSortedSet(docs.leaves().get(leaf).reader(), field.indexed());
      DocIdSetIterator all = docs.docs(leaf);
      for (int doc = all.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = all.nextDoc()) {
        count += values.advanceExact(doc) ? values.docValueCount() : 0;
      }
    }
    return count;
  }

  private long different(DocSet docs) throws IOException {
    if (field.kind() == FieldKind.KEYWORD) {
      return TermCounts.of(docs, field).different();
    }
    Set<Double> values = new HashSet<>();
    each(
        docs,
        field,
        value -> {
          if (values.add(value) && values.size() > MOST_DIFFERENT) {
            throw SearchRefusal.illegal(
                "[" + field.name() + "] has more than " + MOST_DIFFERENT + " different values");
          }
        });
    return values.size();
  }

  /// Takes the numbers of a field one by one.
  interface Taker {
    void take(double value);
  }

  /// Goes through the numbers or moments that documents have in a field.
  static void each(DocSet docs, SearchField field, Taker taker) throws IOException {
    boolean number = field.kind() == FieldKind.NUMBER;
    for (int leaf = 0; leaf < docs.leaves().size(); leaf++) {
      SortedNumericDocValues values =
          DocValues.getSortedNumeric(docs.leaves().get(leaf).reader(), field.indexed());
      DocIdSetIterator all = docs.docs(leaf);
      for (int doc = all.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = all.nextDoc()) {
        int count = values.advanceExact(doc) ? values.docValueCount() : 0;
        for (int i = 0; i < count; i++) {
          long value = values.nextValue();
          taker.take(number ? NumericUtils.sortableLongToDouble(value) : value);
        }
      }
    }
  }
}
