package cloud.bevy.services.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why objects have no text, as a search for them has told.
final class BucketReasons {
  private BucketReasons() {}

  /// The most frequent reasons, and how many objects they are for.
  static Map<String, Long> counts(SearchAnswer answer) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Object each : list(map(answer.aggregations().get("reasons")).get("buckets"))) {
      Map<?, ?> bucket = map(each);
      if (bucket.get("doc_count") instanceof Number count) {
        counts.put(String.valueOf(bucket.get("key")), count.longValue());
      }
    }
    return counts;
  }

  /// The keys that were found, and their reasons.
  static Map<String, String> keys(SearchAnswer answer) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (SearchHit hit : answer.hits()) {
      keys.put(hit.id(), String.valueOf(map(hit.source()).get(ObjectItems.PROBLEM)));
    }
    return keys;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
