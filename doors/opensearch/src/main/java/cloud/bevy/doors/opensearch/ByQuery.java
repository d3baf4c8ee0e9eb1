package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.JsonTree;
import cloud.bevy.services.search.SearchHit;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.ItemVersions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes what a query finds, as long as it is what was found. What has not been changed in time
/// is left, and the answer says so.
final class ByQuery {
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final int TOGETHER = 500;

  private final Map<String, @Nullable Object> body;
  private final Call call;
  private final String word;
  private final Change change;
  private final boolean proceed;
  private final long started;
  private final long most;
  private long total;
  private long changed;
  private long batches;
  private long conflicts;
  private boolean timedOut;

  /// What becomes of a document that was found.
  interface Change {
    /// What it becomes; null to delete it.
    @Nullable Item of(Item found);
  }

  /// @param word what the answer calls what was done: `deleted`
  ByQuery(Call call, String word, Change change) {
    body = JsonTree.object(call.body());
    this.call = call;
    this.word = word;
    this.change = change;
    Object conflicting = body.getOrDefault("conflicts", "abort");
    proceed =
        call.parameters().text("conflicts").orElse(String.valueOf(conflicting)).equals("proceed");
    started = call.place().world().time().nanos();
    long limit = body.get("max_docs") instanceof Long number ? number : Long.MAX_VALUE;
    most = call.parameters().whole("max_docs").orElse(limit);
    if (!call.parameters().bool("wait_for_completion", true)) {
      throw Refused.illegal("there are no tasks: [wait_for_completion] must be true");
    }
  }

  /// Changes what the request's query finds.
  ///
  /// @param needsQuery whether a request without a query is refused
  Answer run(boolean needsQuery) {
    for (String member : body.keySet()) {
      if (!member.equals("query") && !member.equals("conflicts") && !member.equals("max_docs")) {
        throw Refused.parsing("unknown field [" + member + "]");
      }
    }
    Object query = body.get("query");
    if (call.parameters().has("q")) {
      query = Map.of("query_string", Map.of("query", call.parameters().text("q").orElse("")));
    }
    if (needsQuery && query == null) {
      throw Refused.illegal("Validation Failed: 1: query is missing;");
    }
    for (Index index : call.place().expand(call.name(Route.INDEX), call.lenient())) {
      if (!over()) {
        run(index, query);
      }
    }
    return answer();
  }

  private boolean over() {
    return changed >= most || timedOut || (conflicts > 0 && !proceed);
  }

  private void run(Index index, @Nullable Object query) {
    try (Pages pages = new Pages(call.place(), index, query)) {
      total += Math.min(pages.count(), most - total);
      while (!over()) {
        List<SearchHit> hits = pages.next(Math.min(TOGETHER, most - changed));
        if (hits.isEmpty()) {
          return;
        }
        List<ItemVersions.Step> steps = new ArrayList<>();
        boolean[] done = new boolean[hits.size()];
        for (int i = 0; i < hits.size(); i++) {
          steps.add(step(index, hits.get(i), done, i));
        }
        index.table().versions().write(steps);
        batches++;
        for (boolean each : done) {
          changed += each ? 1 : 0;
          conflicts += each ? 0 : 1;
        }
        timedOut = call.place().world().time().nanos() - started > TIME.toNanos();
      }
    }
  }

  private ItemVersions.Step step(Index index, SearchHit hit, boolean[] done, int at) {
    return new ItemVersions.Step(
        index.key(hit.id()),
        before -> {
          boolean same = before != null && Arrays.equals(before.item().json(), hit.item().json());
          done[at] = same;
          return same ? new ItemVersions.Decision(change.of(hit.item().item())) : null;
        });
  }

  private Answer answer() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("took", (call.place().world().time().nanos() - started) / 1_000_000);
    tree.put("timed_out", timedOut);
    tree.put("total", total);
    tree.put(word, changed);
    tree.putAll(counts(batches, conflicts));
    return new Answer(conflicts > 0 && !proceed ? 409 : Answer.OK, tree);
  }

  /// What OpenSearch says of such runs beside what was done.
  static Map<String, Object> counts(long batches, long conflicts) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("batches", batches);
    tree.put("version_conflicts", conflicts);
    tree.put("noops", 0);
    tree.put("retries", Map.of("bulk", 0, "search", 0));
    tree.put("throttled_millis", 0);
    tree.put("requests_per_second", -1.0);
    tree.put("throttled_until_millis", 0);
    tree.put("failures", List.of());
    return tree;
  }
}
