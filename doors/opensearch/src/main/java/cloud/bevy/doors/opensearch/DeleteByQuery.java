package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.JsonTree;
import cloud.bevy.services.search.SearchAnswer;
import cloud.bevy.services.search.SearchHit;
import cloud.bevy.services.search.SearchRequest;
import cloud.bevy.services.tables.ItemVersions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST /{index}/_delete_by_query`: deletes what a query finds, as long as it is what was found.
/// What has not been deleted in time is left, and the answer says so.
final class DeleteByQuery implements Operation {
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final int TOGETHER = 500;

  @Override
  public Answer run(Call call) {
    Map<String, @Nullable Object> body = JsonTree.object(call.body());
    if (body.get("query") == null && !call.parameters().has("q")) {
      throw Refused.illegal("Validation Failed: 1: query is missing;");
    }
    boolean proceed = call.parameters().text("conflicts").orElse("abort").equals("proceed");
    Run run = new Run(call, proceed);
    for (Index index : call.place().expand(call.name(Route.INDEX), call.lenient())) {
      run.delete(index, body);
    }
    return run.answer();
  }

  /// What was done so far.
  private static final class Run {
    private final Call call;
    private final boolean proceed;
    private final long started;
    private final long most;
    private long total;
    private long deleted;
    private long batches;
    private long conflicts;
    private boolean timedOut;

    Run(Call call, boolean proceed) {
      this.call = call;
      this.proceed = proceed;
      started = call.place().world().time().nanos();
      most = call.parameters().whole("max_docs").orElse(Long.MAX_VALUE);
    }

    private boolean over() {
      return deleted >= most || timedOut || (conflicts > 0 && !proceed);
    }

    void delete(Index index, Map<String, @Nullable Object> body) {
      long before = conflicts;
      while (!over()) {
        List<SearchHit> hits = found(index, body);
        List<ItemVersions.Step> steps = new ArrayList<>();
        boolean[] gone = new boolean[hits.size()];
        for (int i = 0; i < hits.size(); i++) {
          steps.add(step(index, hits.get(i), gone, i));
        }
        if (steps.isEmpty()) {
          return;
        }
        index.table().versions().write(steps);
        batches++;
        long done = 0;
        for (boolean each : gone) {
          done += each ? 1 : 0;
        }
        deleted += done;
        conflicts += hits.size() - done;
        total += hits.size();
        timedOut = call.place().world().time().nanos() - started > TIME.toNanos();
        if (conflicts > before && done == 0) {
          return;
        }
      }
    }

    private List<SearchHit> found(Index index, Map<String, @Nullable Object> body) {
      Map<String, @Nullable Object> search = new LinkedHashMap<>();
      search.put("query", body.get("query"));
      search.put("size", Math.min(TOGETHER, most - deleted));
      search.put("_source", false);
      call.parameters()
          .text("q")
          .ifPresent(text -> search.put("query", Map.of("query_string", Map.of("query", text))));
      SearchAnswer answer = call.place().search().search(index.name(), SearchRequest.of(search));
      return answer.hits();
    }

    private static ItemVersions.Step step(Index index, SearchHit hit, boolean[] gone, int at) {
      return new ItemVersions.Step(
          index.key(hit.id()),
          before -> {
            boolean same = before != null && Arrays.equals(before.item().json(), hit.item().json());
            gone[at] = same;
            return same ? new ItemVersions.Decision(null) : null;
          });
    }

    Answer answer() {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("took", (call.place().world().time().nanos() - started) / 1_000_000);
      tree.put("timed_out", timedOut);
      tree.put("total", total);
      tree.put("deleted", deleted);
      tree.put("batches", batches);
      tree.put("version_conflicts", conflicts);
      tree.put("noops", 0);
      tree.put("retries", Map.of("bulk", 0, "search", 0));
      tree.put("throttled_millis", 0);
      tree.put("requests_per_second", -1.0);
      tree.put("throttled_until_millis", 0);
      tree.put("failures", List.of());
      return new Answer(conflicts > 0 && !proceed ? 409 : Answer.OK, tree);
    }
  }
}
