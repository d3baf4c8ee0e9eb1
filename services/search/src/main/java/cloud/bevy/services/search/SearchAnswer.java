package cloud.bevy.services.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a search has found.
///
/// @param total how many items match, or how many at least; null where nobody wanted to know
/// @param best the score of the best; null where there is none
/// @param hits those that were asked for, in order
/// @param aggregations by name, as OpenSearch writes them; empty where none was asked for
/// @param timedOut whether the time was over before all was looked at
/// @param version the version of the table that was searched
public record SearchAnswer(
    @Nullable Total total,
    @Nullable Float best,
    List<SearchHit> hits,
    Map<String, @Nullable Object> aggregations,
    boolean timedOut,
    long version) {
  /// How many items match.
  ///
  /// @param exact whether there are no more
  public record Total(long count, boolean exact) {}

  /// The answer as OpenSearch writes it, without the time it took.
  ///
  /// @param index the name of the index
  public Map<String, @Nullable Object> tree(String index) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("timed_out", timedOut);
    tree.put("_shards", shards());
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    if (total != null) {
      Map<String, Object> counted = new LinkedHashMap<>();
      counted.put("value", total.count());
      counted.put("relation", total.exact() ? "eq" : "gte");
      found.put("total", counted);
    }
    found.put("max_score", best);
    List<Object> all = new ArrayList<>();
    hits.forEach(hit -> all.add(tree(index, hit)));
    found.put("hits", all);
    tree.put("hits", found);
    if (!aggregations.isEmpty()) {
      tree.put("aggregations", aggregations);
    }
    return tree;
  }

  /// To whoever asks, an index is one shard.
  private static Map<String, Object> shards() {
    Map<String, Object> shards = new LinkedHashMap<>();
    shards.put("total", 1);
    shards.put("successful", 1);
    shards.put("skipped", 0);
    shards.put("failed", 0);
    return shards;
  }

  private static Map<String, @Nullable Object> tree(String index, SearchHit hit) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("_index", index);
    tree.put("_id", hit.id());
    tree.put("_score", hit.score());
    if (hit.source() != null) {
      tree.put("_source", hit.source());
    }
    if (!hit.fields().isEmpty()) {
      tree.put("fields", hit.fields());
    }
    if (!hit.highlights().isEmpty()) {
      tree.put("highlight", hit.highlights());
    }
    if (hit.explanation() != null) {
      tree.put("_explanation", hit.explanation());
    }
    if (!hit.sort().isEmpty()) {
      tree.put("sort", hit.sort());
    }
    return tree;
  }
}
