package cloud.bevy.services.search;

import cloud.bevy.services.tables.StoredItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// One search of one version of an index. The items of a table come from that version of it.
final class SearchRun {
  /// The most items that are answered, those included that are passed over.
  static final int WINDOW = 10_000;

  /// The most bytes of the items of one answer.
  static final int MOST_BYTES = 16 << 20;

  private final SearchView view;
  private final Part body;
  private final Analyzer analyzer;
  private final IndexSearcher searcher;
  private final Deadline deadline;

  SearchRun(SearchView view, SearchRequest request, Deadline deadline) {
    this.view = view;
    body = request.body();
    analyzer = Analysis.of(view.definition().language());
    searcher = view.snapshot().searcher();
    this.deadline = deadline;
    searcher.setTimeout(deadline);
  }

  SearchAnswer answer() {
    try {
      SearchPlan plan = SearchPlan.read(view, searcher, analyzer, body);
      return plan.fusion().apart() ? fused(plan) : one(plan);
    } catch (IOException failed) {
      throw new UncheckedIOException("a search failed", failed);
    } catch (IndexSearcher.TooManyClauses many) {
      throw SearchRefusal.illegal("too_many_clauses: " + many.getMessage());
    } catch (IllegalArgumentException | UnsupportedOperationException unfit) {
      throw SearchRefusal.shard("failed to run the query: " + unfit.getMessage());
    }
  }

  long count() {
    try {
      Fusion fusion = Fusion.read(body, new QueryReader(view, analyzer));
      body.ignore("refresh");
      body.end();
      return searcher.count(fusion.any());
    } catch (IOException failed) {
      throw new UncheckedIOException("a count failed", failed);
    } catch (IndexSearcher.TooManyClauses many) {
      throw SearchRefusal.illegal("too_many_clauses: " + many.getMessage());
    } catch (IllegalArgumentException | UnsupportedOperationException unfit) {
      throw SearchRefusal.shard("failed to run the query: " + unfit.getMessage());
    }
  }

  /// Why an item matches, or does not; nothing where it is not in the index.
  Optional<Explained> explained(byte[] key) {
    try {
      Fusion fusion = Fusion.read(body, new QueryReader(view, analyzer));
      body.ignore("refresh");
      body.end();
      TermQuery one = new TermQuery(DocumentMaker.term(key));
      TopDocs found = searcher.search(one, 1);
      return found.scoreDocs.length == 0
          ? Optional.empty()
          : Optional.of(Explained.of(searcher.explain(fusion.any(), found.scoreDocs[0].doc)));
    } catch (IOException failed) {
      throw new UncheckedIOException("an explanation failed", failed);
    } catch (IllegalArgumentException | UnsupportedOperationException unfit) {
      throw SearchRefusal.shard("failed to run the query: " + unfit.getMessage());
    }
  }

  private SearchAnswer fused(SearchPlan plan) throws IOException {
    List<ScoreDoc> all = plan.fusion().hits(searcher, plan.from() + plan.size());
    Float best = all.isEmpty() ? null : (Float) all.getFirst().score;
    Query any = searcher.rewrite(plan.fusion().any());
    SearchAnswer.Total total =
        plan.counted() == 0 ? null : new SearchAnswer.Total(searcher.count(any), true);
    return answer(plan, any, new Found(page(plan, all), best, total));
  }

  /// What was found.
  ///
  /// @param hits those that are to be answered
  /// @param best the best score; null for none
  private record Found(
      List<ScoreDoc> hits, @Nullable Float best, SearchAnswer.@Nullable Total total) {}

  private SearchAnswer one(SearchPlan plan) throws IOException {
    Query query = searcher.rewrite(plan.fusion().any());
    Query shown = plan.later() == null ? query : searcher.rewrite(both(query, plan.later()));
    int wanted = plan.from() + plan.size();
    Sorting sorting = plan.sorting();
    TopDocs top;
    if (wanted == 0) {
      int count = plan.counted() == 0 ? 0 : searcher.count(shown);
      top = new TopDocs(new TotalHits(count, TotalHits.Relation.EQUAL_TO), new ScoreDoc[0]);
    } else if (sorting == null) {
      int counted = Math.max(plan.counted(), 1);
      top = searcher.search(shown, new TopScoreDocCollectorManager(wanted, null, counted));
    } else {
      top = sorted(plan, sorting, shown);
    }
    Float best = plan.scores() && top.scoreDocs.length > 0 ? (Float) best(top.scoreDocs) : null;
    boolean exact = top.totalHits.relation() == TotalHits.Relation.EQUAL_TO;
    SearchAnswer.Total total =
        plan.counted() == 0 ? null : total(top.totalHits.value(), exact, plan.counted());
    return answer(plan, query, new Found(page(plan, List.of(top.scoreDocs)), best, total));
  }

  private static Query both(Query query, Query later) {
    return new BooleanQuery.Builder()
        .add(query, BooleanClause.Occur.MUST)
        .add(later, BooleanClause.Occur.FILTER)
        .build();
  }

  private static SearchAnswer.Total total(long value, boolean exact, int counted) {
    boolean cut = value > counted;
    return new SearchAnswer.Total(cut ? counted : value, exact && !cut);
  }

  private TopDocs sorted(SearchPlan plan, Sorting sorting, Query query) throws IOException {
    Sort sort = sorting.lucene();
    FieldDoc after = plan.after().isEmpty() ? null : sorting.after(plan.after());
    int wanted = plan.from() + plan.size();
    TopDocs top =
        searcher.search(
            query, new TopFieldCollectorManager(sort, wanted, after, Math.max(plan.counted(), 1)));
    if (plan.scores()) {
      TopFieldCollector.populateScores(top.scoreDocs, searcher, query);
    }
    return top;
  }

  private static float best(ScoreDoc[] hits) {
    float best = Float.NEGATIVE_INFINITY;
    for (ScoreDoc hit : hits) {
      best = Math.max(best, hit.score);
    }
    return best;
  }

  private static List<ScoreDoc> page(SearchPlan plan, List<ScoreDoc> all) {
    return all.subList(Math.min(plan.from(), all.size()), all.size());
  }

  private SearchAnswer answer(SearchPlan plan, Query query, Found found) throws IOException {
    List<SearchHit> hits = new ArrayList<>();
    long bytes = 0;
    boolean late = false;
    for (ScoreDoc doc : found.hits()) {
      Optional<SearchHit> hit = hit(plan, doc);
      hit.ifPresent(hits::add);
      bytes += hit.map(each -> each.item().json().length).orElse(0);
      if (bytes > MOST_BYTES) {
        throw SearchRefusal.illegal(
            "the items that were found have more than "
                + MOST_BYTES
                + " bytes together: ask for fewer with [size], and for more with search_after");
      }
      late = deadline.shouldExit();
      if (late) {
        break;
      }
    }
    Aggregations aggregations = plan.aggregations();
    return new SearchAnswer(
        found.total(),
        found.best(),
        hits,
        aggregations == null ? Map.of() : aggregations.over(DocSet.of(searcher, query)),
        late || searcher.timedOut(),
        view.snapshot().version());
  }

  /// The item of a document, and what is told of it.
  private Optional<SearchHit> hit(SearchPlan plan, ScoreDoc doc) throws IOException {
    byte[] key = key(doc.doc);
    Optional<StoredItem> item = view.source().item(view.snapshot().version(), key, stored(doc.doc));
    if (item.isEmpty()) {
      return Optional.empty();
    }
    Sorting sorting = plan.sorting();
    Highlighting highlighting = plan.highlighting();
    Map<String, List<String>> highlights =
        highlighting == null ? Map.of() : highlighting.of(item.get().item(), plan.fusion().any());
    StoredItem shown = plan.source().shown(item.get(), view.source().shy());
    return Optional.of(
        new SearchHit(
            view.source().id(key),
            shown,
            plan.scores() && !Float.isNaN(doc.score) ? (Float) doc.score : null,
            sorting != null && doc instanceof FieldDoc fields ? sorting.values(fields) : List.of(),
            highlights,
            plan.source().of(PlainItems.tree(shown.item())),
            plan.explained()
                ? Explained.of(searcher.explain(plan.fusion().any(), doc.doc)).tree()
                : null,
            plan.fields().of(view.definition(), PlainItems.tree(shown.item()))));
  }

  private @Nullable StoredItem stored(int doc) throws IOException {
    return view.source().stored() ? DocumentMaker.stored(searcher.storedFields(), doc) : null;
  }

  private byte[] key(int doc) throws IOException {
    List<LeafReaderContext> leaves = searcher.getLeafContexts();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
    SortedDocValues keys = leaf.reader().getSortedDocValues(DocumentMaker.KEY);
    if (keys == null || !keys.advanceExact(doc - leaf.docBase)) {
      throw new org.apache.lucene.index.CorruptIndexException("a document has no key", "" + leaf);
    }
    return BytesRef.deepCopyOf(keys.lookupOrd(keys.ordValue())).bytes;
  }
}
