package cloud.bevy.services.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.jspecify.annotations.Nullable;

/// The queries of a search, and how what they find becomes one list.
///
/// @param parts one or more
/// @param way how several become one
/// @param constant of [Way#RANKS]: the larger, the less the first places count
/// @param window how many of each list count
record Fusion(List<Query> parts, Way way, int constant, int window) {
  private static final int MOST_PARTS = 16;
  private static final int CONSTANT = 60;
  private static final int WINDOW = 100;

  /// How lists become one.
  enum Way {
    /// Each item has the sum of its scores: one query.
    SCORES,
    /// By the places in the lists, reciprocal rank fusion: 1 / (constant + place), summed up.
    RANKS,
    /// The sum of scores that were brought between 0 and 1 in each list.
    NORMAL
  }

  /// Reads the members `query`, `knn` and `rank` of a search.
  static Fusion read(Part body, QueryReader queries) {
    List<Query> parts = new ArrayList<>();
    boolean hybrid = false;
    if (body.has("query")) {
      Map<String, @Nullable Object> query = Part.map("query", body.value("query"));
      hybrid = query.containsKey("hybrid") && query.size() == 1;
      if (hybrid) {
        Part part = Part.of("hybrid", query.get("hybrid"));
        part.list("queries").forEach(each -> parts.add(queries.query(each)));
        part.ignore("_name", "pagination_depth");
        part.end();
      } else {
        parts.add(queries.query(query));
      }
    }
    for (Object each : body.some("knn")) {
      parts.add(queries.vectors().section(Part.of("knn", each)));
    }
    if (parts.size() > MOST_PARTS) {
      throw SearchRefusal.illegal("a search joins " + MOST_PARTS + " queries at most");
    }
    if (parts.isEmpty()) {
      parts.add(MatchAllDocsQuery.INSTANCE);
    }
    return ranked(body, parts, hybrid ? Way.RANKS : Way.SCORES);
  }

  private static Fusion ranked(Part body, List<Query> parts, Way otherwise) {
    if (!body.has("rank")) {
      return new Fusion(parts, otherwise, CONSTANT, WINDOW);
    }
    Part rank = body.part("rank");
    if (rank.names().size() != 1) {
      throw SearchRefusal.parsing("[rank] is one of rrf, sum and scores");
    }
    String name = rank.names().iterator().next();
    Way way =
        switch (name) {
          case "rrf" -> Way.RANKS;
          case "sum" -> Way.NORMAL;
          case "scores" -> Way.SCORES;
          default -> throw SearchRefusal.parsing("[rank] is one of rrf, sum and scores");
        };
    Part how = rank.part(name);
    int constant = how.integer("rank_constant", CONSTANT, 1, SearchRun.WINDOW);
    String size = how.has("window_size") ? "window_size" : "rank_window_size";
    int window = how.integer(size, WINDOW, 1, SearchRun.WINDOW);
    how.end();
    return new Fusion(parts, way, constant, window);
  }

  /// Whether the parts are searched one by one.
  boolean apart() {
    return parts.size() > 1 && way != Way.SCORES;
  }

  /// The query that all parts are together.
  Query any() {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    parts.forEach(part -> any.add(part, BooleanClause.Occur.SHOULD));
    return any.build();
  }

  /// Searches part by part, and makes one list of what is found.
  ///
  /// @param wanted how many
  List<ScoreDoc> hits(IndexSearcher searcher, int wanted) throws IOException {
    Map<Integer, Float> scores = new HashMap<>();
    for (Query part : parts) {
      TopDocs top = searcher.search(part, Math.max(window, Math.max(1, wanted)));
      for (int place = 0; place < top.scoreDocs.length; place++) {
        float score = score(top, place);
        scores.merge(top.scoreDocs[place].doc, score, Float::sum);
      }
    }
    List<ScoreDoc> hits = new ArrayList<>();
    scores.forEach((doc, score) -> hits.add(new ScoreDoc(doc, score)));
    hits.sort((one, other) ->
        one.score == other.score
            ? Integer.compare(one.doc, other.doc)
            : Float.compare(other.score, one.score));
    return hits.subList(0, Math.min(wanted, hits.size()));
  }

  private float score(TopDocs top, int place) {
    if (way == Way.RANKS) {
      return 1f / (constant + place + 1);
    }
    float most = top.scoreDocs[0].score;
    float least = top.scoreDocs[top.scoreDocs.length - 1].score;
    return most == least ? 1 : (top.scoreDocs[place].score - least) / (most - least);
  }
}
