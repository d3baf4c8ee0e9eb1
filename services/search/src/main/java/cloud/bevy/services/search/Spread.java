package cloud.bevy.services.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the values of a field are spread: `extended_stats` and `percentiles`, which are exact.
final class Spread implements Aggregation {
  /// The most values that are looked at.
  static final int MOST_VALUES = 4_000_000;

  private static final List<@Nullable Object> USUAL = List.of(1L, 5L, 25L, 50L, 75L, 95L, 99L);
  private static final int MOST_PERCENTS = 100;
  private static final int FIRST = 64;
  private static final double SIGMA = 2;

  private final SearchField field;
  private final List<Double> percents = new ArrayList<>();
  private final boolean extended;
  private final boolean keyed;
  private final double sigma;

  private Spread(AggregationContext context, String kind, Part part) {
    field = context.field(part);
    extended = kind.equals("extended_stats");
    if (field.kind() == FieldKind.KEYWORD) {
      throw SearchRefusal.illegal(
          "Field ["
              + field.name()
              + "] of type [keyword] is not supported for aggregation ["
              + kind
              + "]");
    }
    sigma = extended ? part.number("sigma", SIGMA) : 0;
    if (sigma < 0) {
      throw SearchRefusal.illegal(
          "[sigma] must be greater than or equal to 0. Found ["
              + sigma
              + "] in ["
              + part.name()
              + "]");
    }
    keyed = extended || part.bool("keyed", true);
    if (!extended) {
      List<@Nullable Object> given = part.has("percents") ? part.list("percents") : USUAL;
      if (given.isEmpty() || given.size() > MOST_PERCENTS) {
        throw SearchRefusal.illegal("[percents] must have 1 to " + MOST_PERCENTS + " numbers");
      }
      given.forEach(each -> percents.add(percent(each)));
      part.ignore("tdigest", "hdr");
    }
    part.ignore("format");
    part.end();
  }

  static Spread read(AggregationContext context, String kind, Part part) {
    return new Spread(context, kind, part);
  }

  private static double percent(@Nullable Object given) {
    double percent = given instanceof Number number ? number.doubleValue() : -1;
    if (percent < 0 || percent > 100) {
      throw SearchRefusal.illegal("percent must be in [0,100], got [" + given + "]");
    }
    return percent;
  }

  /// The values, as many as there may be.
  private static final class Values {
    private double[] all = new double[FIRST];
    private int count;

    void add(double value) {
      if (count == MOST_VALUES) {
        throw SearchRefusal.illegal(
            "the aggregation is of more than " + MOST_VALUES + " values: filter them");
      }
      if (count == all.length) {
        all = Arrays.copyOf(all, Math.min(2 * count, MOST_VALUES));
      }
      all[count++] = value;
    }

    double[] sorted() {
      Arrays.sort(all, 0, count);
      return Arrays.copyOf(all, count);
    }
  }

  @Override
  public Map<String, @Nullable Object> over(DocSet docs) throws IOException {
    Values values = new Values();
    Metric.each(docs, field, values::add);
    double[] sorted = values.sorted();
    return extended ? statistics(sorted) : percentiles(sorted);
  }

  private Map<String, @Nullable Object> percentiles(double[] sorted) {
    Map<String, @Nullable Object> byKey = new LinkedHashMap<>();
    List<Object> list = new ArrayList<>();
    for (double percent : percents) {
      Double value = sorted.length == 0 ? null : (Double) at(sorted, percent);
      byKey.put(Double.toString(percent), value);
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("key", percent);
      one.put("value", value);
      list.add(one);
    }
    return new LinkedHashMap<>(Collections.singletonMap("values", keyed ? byKey : list));
  }

  /// The least of the values that so many of a hundred are not above.
  private static double at(double[] sorted, double percent) {
    int place = (int) Math.ceil(percent * sorted.length / 100) - 1;
    return sorted[Math.clamp(place, 0, sorted.length - 1)];
  }

  private Map<String, @Nullable Object> statistics(double[] sorted) {
    int count = sorted.length;
    double sum = Arrays.stream(sorted).sum();
    double mean = sum / count;
    double squares = Arrays.stream(sorted).map(value -> value * value).sum();
    double apart = Arrays.stream(sorted).map(value -> (value - mean) * (value - mean)).sum();
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("count", count);
    said.put("min", count == 0 ? null : (Double) sorted[0]);
    said.put("max", count == 0 ? null : (Double) sorted[count - 1]);
    said.put("avg", number(mean));
    said.put("sum", sum);
    said.put("sum_of_squares", count == 0 ? null : (Double) squares);
    double whole = apart / count;
    double sampled = count < 2 ? Double.NaN : apart / (count - 1);
    said.put("variance", number(whole));
    said.put("variance_population", number(whole));
    said.put("variance_sampling", number(sampled));
    said.put("std_deviation", number(Math.sqrt(whole)));
    said.put("std_deviation_population", number(Math.sqrt(whole)));
    said.put("std_deviation_sampling", number(Math.sqrt(sampled)));
    Map<String, @Nullable Object> bounds = new LinkedHashMap<>();
    bounds(bounds, mean, Math.sqrt(whole), "");
    bounds(bounds, mean, Math.sqrt(whole), "_population");
    bounds(bounds, mean, Math.sqrt(sampled), "_sampling");
    said.put("std_deviation_bounds", bounds);
    return said;
  }

  private void bounds(
      Map<String, @Nullable Object> bounds, double mean, double deviation, String of) {
    bounds.put("upper" + of, number(mean + sigma * deviation));
    bounds.put("lower" + of, number(mean - sigma * deviation));
  }

  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
