package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.SearchHit;
import cloud.bevy.services.search.SourceFilter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST /_reindex`: writes the documents of one index, or those that a query finds, to another.
/// What has not been written in time is left, and the answer says so.
final class Reindex implements Operation {
  private static final Duration TIME = Duration.ofSeconds(60);

  @Override
  public Answer run(Call call) {
    Map<String, @Nullable Object> body = call.object();
    for (String member : body.keySet()) {
      switch (member) {
        case "source", "dest", "conflicts", "max_docs", "size" -> {}
        case "script" -> throw Refused.illegal("scripts are not carried out");
        default -> throw Refused.parsing("[reindex] unknown field [" + member + "]");
      }
    }
    if (!call.parameters().bool("wait_for_completion", true)) {
      throw Refused.illegal("there are no tasks: [wait_for_completion] must be true");
    }
    return new Run(call, body).answer();
  }

  /// What was done so far.
  private static final class Run {
    private final Call call;
    private final Map<String, @Nullable Object> source;
    private final String to;
    private final DocumentWrite.Kind kind;
    private final SourceFilter filter;
    private final boolean proceed;
    private final long started;
    private final long most;
    private final List<Object> failures = new ArrayList<>();
    private long total;
    private long done;
    private long created;
    private long batches;
    private long conflicts;
    private boolean timedOut;

    Run(Call call, Map<String, @Nullable Object> body) {
      this.call = call;
      source = Json.map("source", body.get("source"));
      Map<String, @Nullable Object> dest = Json.map("dest", body.get("dest"));
      to = String.valueOf(dest.getOrDefault("index", ""));
      if (to.isEmpty() || source.get("index") == null) {
        throw Refused.illegal("Validation Failed: 1: source and dest must name an index;");
      }
      check(dest, "index", "op_type");
      check(source, "index", "query", "_source", "size");
      kind =
          "create".equals(dest.get("op_type"))
              ? DocumentWrite.Kind.CREATE
              : DocumentWrite.Kind.INDEX;
      filter = SourceFilter.read(source.getOrDefault("_source", true));
      proceed = "proceed".equals(body.get("conflicts"));
      started = call.place().world().time().nanos();
      Object limit = body.getOrDefault("max_docs", body.get("size"));
      most = limit instanceof BigDecimal number ? number.longValue() : Long.MAX_VALUE;
    }

    private static void check(Map<String, @Nullable Object> given, String... known) {
      for (String member : given.keySet()) {
        if (!List.of(known).contains(member)) {
          throw Refused.illegal("[" + member + "] is not carried out");
        }
      }
    }

    private boolean over() {
      return done >= most || timedOut || !failures.isEmpty() || (conflicts > 0 && !proceed);
    }

    Answer answer() {
      Object named = source.get("index");
      String names =
          named instanceof List<?> list
              ? String.join(",", list.stream().map(String::valueOf).toList())
              : String.valueOf(named);
      List<Index> indexes = call.place().expand(names, false);
      if (indexes.stream().anyMatch(index -> index.name().equals(to))) {
        throw Refused.illegal(
            "Validation Failed: 1: reindex cannot write into an index its reading from ["
                + to
                + "];");
      }
      for (Index index : indexes) {
        copy(index);
      }
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("took", (call.place().world().time().nanos() - started) / 1_000_000);
      tree.put("timed_out", timedOut);
      tree.put("total", total);
      tree.put("updated", done - created - conflicts - failures.size());
      tree.put("created", created);
      tree.put("deleted", 0);
      tree.putAll(ByQuery.counts(batches, conflicts));
      tree.put("failures", failures);
      return new Answer(conflicts > 0 && !proceed ? 409 : Answer.OK, tree);
    }

    private void copy(Index from) {
      if (over()) {
        return;
      }
      try (Pages pages = new Pages(call.place(), from, plain(source.get("query")))) {
        total += Math.min(pages.count(), most - total);
        while (!over()) {
          List<SearchHit> hits = pages.next(Math.min(Writes.TOGETHER, most - done));
          if (hits.isEmpty()) {
            return;
          }
          write(hits);
          timedOut = call.place().world().time().nanos() - started > TIME.toNanos();
        }
      }
    }

    private void write(List<SearchHit> hits) {
      // What was written before may have brought new fields.
      Index index = call.place().forWriting(to);
      List<DocumentWrite> writes = new ArrayList<>();
      for (SearchHit hit : hits) {
        Map<String, @Nullable Object> document = filter.of(Documents.source(hit.item().item()));
        writes.add(
            new DocumentWrite(
                kind,
                new DocumentWrite.Target(index, hit.id(), null),
                document == null ? Map.of() : document));
      }
      batches++;
      for (Writes.Done each : Writes.all(call.place(), writes)) {
        done++;
        Refused refused = each.refused();
        if (refused == null) {
          created += each.answer().status() == Answer.CREATED ? 1 : 0;
        } else if (refused.status() == 409) {
          conflicts++;
        } else {
          failures.add(Map.of("index", to, "status", refused.status(), "cause", refused.cause()));
        }
      }
    }

    /// A query as searches read it: numbers there are not exact.
    private static @Nullable Object plain(@Nullable Object value) {
      return value == null
          ? null
          : cloud.bevy.services.search.JsonTree.object(Json.bytes(Map.of("query", value), false))
              .get("query");
    }
  }
}
