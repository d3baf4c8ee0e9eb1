package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names of aggregations with their types before them, for clients in languages with types:
/// `sterms#tags`.
final class TypedKeys {
  private final Mapping mapping;

  TypedKeys(Mapping mapping) {
    this.mapping = mapping;
  }

  /// What was answered, under such names.
  ///
  /// @param asked the aggregations of the request
  Map<String, @Nullable Object> of(
      Map<String, @Nullable Object> asked, Map<String, @Nullable Object> answered) {
    Map<String, @Nullable Object> typed = new LinkedHashMap<>();
    answered.forEach((name, value) -> {
      if (asked.get(name) instanceof Map<?, ?> one) {
        Map<String, @Nullable Object> request = Json.map(name, one);
        typed.put(type(request) + "#" + name, inner(request, value));
      } else {
        typed.put(name, value);
      }
    });
    return typed;
  }

  private String type(Map<String, @Nullable Object> request) {
    for (Map.Entry<String, @Nullable Object> each : request.entrySet()) {
      switch (each.getKey()) {
        case "aggs", "aggregations", "meta" -> {}
        case "terms" -> {
          return terms(String.valueOf(Json.map("terms", each.getValue()).get("field")));
        }
        case "percentiles" -> {
          return "tdigest_percentiles";
        }
        default -> {
          return each.getKey();
        }
      }
    }
    return "";
  }

  private String terms(String field) {
    MappedField mapped = mapping.fields().get(field);
    if (mapped == null || mapped.type().equals("text") || mapped.type().equals("keyword")) {
      return "sterms";
    }
    boolean whole = mapped.whole() || mapped.type().equals("date");
    return whole ? "lterms" : mapped.type().equals("boolean") ? "sterms" : "dterms";
  }

  private @Nullable Object inner(Map<String, @Nullable Object> request, @Nullable Object value) {
    Object within = request.getOrDefault("aggs", request.get("aggregations"));
    if (!(within instanceof Map<?, ?>) || !(value instanceof Map<?, ?>)) {
      return value;
    }
    Map<String, @Nullable Object> asked = Json.map("aggs", within);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>(Json.map("", value));
    switch (answer.get("buckets")) {
      case List<?> buckets -> {
        List<@Nullable Object> typed = new ArrayList<>();
        buckets.forEach(bucket -> typed.add(of(asked, Json.map("bucket", bucket))));
        answer.put("buckets", typed);
      }
      case Map<?, ?> buckets -> {
        Map<String, @Nullable Object> typed = new LinkedHashMap<>();
        Json.map("buckets", buckets)
            .forEach((name, bucket) -> typed.put(name, of(asked, Json.map(name, bucket))));
        answer.put("buckets", typed);
      }
      case null, default -> {
        return of(asked, answer);
      }
    }
    return answer;
  }
}
