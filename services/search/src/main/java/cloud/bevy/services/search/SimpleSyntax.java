package cloud.bevy.services.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.queryparser.simple.SimpleQueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;

/// Queries as people type them, `"cold beer" +ale -stout`, in which nothing is an error.
final class SimpleSyntax extends SimpleQueryParser {
  private final FieldQueries queries;
  private final Map<SearchField, Float> fields;

  SimpleSyntax(
      FieldQueries queries, Analyzer analyzer, Map<SearchField, Float> fields, boolean all) {
    super(analyzer, new HashMap<>());
    this.queries = queries;
    this.fields = fields;
    setDefaultOperator(all ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD);
  }

  /// The query that a text says.
  ///
  /// @throws SearchRefusal if it is too long
  Query read(String text) {
    LuceneSyntax.checkSize(text);
    try {
      Query query = parse(text);
      return query == null ? new MatchNoDocsQuery("an empty query") : query;
    } catch (IndexSearcher.TooManyClauses many) {
      throw SearchRefusal.illegal(
          "a query has at most " + IndexSearcher.getMaxClauseCount() + " clauses");
    }
  }

  private Query each(Function<SearchField, Query> query) {
    List<Query> all = new ArrayList<>();
    fields.forEach((field, weight) -> {
      Query found = query.apply(field);
      all.add(weight == 1f ? found : new BoostQuery(found, weight));
    });
    return new DisjunctionMaxQuery(all, 0);
  }

  @Override
  protected Query newDefaultQuery(String text) {
    return each(field -> queries.words(field, text, FieldQueries.Words.ANY));
  }

  @Override
  protected Query newFuzzyQuery(String text, int edits) {
    String fuzziness = Integer.toString(Math.min(2, edits));
    return each(field -> queries.fuzzy(field, text, fuzziness, 0));
  }

  @Override
  protected Query newPhraseQuery(String text, int slop) {
    return each(field -> queries.phrase(field, text, slop));
  }

  @Override
  protected Query newPrefixQuery(String text) {
    return each(field -> queries.prefix(field, text));
  }
}
