package cloud.bevy.services.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.queryparser.classic.TokenMgrError;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/// Queries in Lucene's own syntax, `title:"cold beer" AND price:[1 TO 5]`, about the fields of an
/// index in the way of their kinds.
final class LuceneSyntax extends QueryParser {
  /// The most characters of a query.
  static final int LONGEST = 10_000;

  private static final int DEEPEST = 50;
  private static final String DEFAULT = "_default";
  private static final String EXISTS = "_exists_";

  private final SearchDefinition definition;
  private final FieldQueries queries;
  private final Map<SearchField, Float> otherwise;

  /// @param otherwise the fields where the query names none, with their weights
  LuceneSyntax(
      SearchDefinition definition,
      FieldQueries queries,
      Analyzer analyzer,
      Map<SearchField, Float> otherwise) {
    super(DEFAULT, analyzer);
    this.definition = definition;
    this.queries = queries;
    this.otherwise = otherwise;
    setAllowLeadingWildcard(true);
  }

  /// The query that a text says.
  ///
  /// @throws SearchRefusal if it says none, or too much
  Query read(String text) {
    checkSize(text);
    if (text.isBlank()) {
      return new org.apache.lucene.search.MatchNoDocsQuery("an empty query");
    }
    try {
      return parse(text);
    } catch (ParseException | TokenMgrError | IndexSearcher.TooManyClauses wrong) {
      throw SearchRefusal.shard("Failed to parse query [" + text + "]");
    }
  }

  /// @throws SearchRefusal if a text is too long, or parentheses are too deep
  static void checkSize(String text) {
    int depth = 0;
    int deepest = 0;
    for (int at = 0; at < text.length(); at++) {
      depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    if (text.length() > LONGEST || deepest > DEEPEST) {
      throw SearchRefusal.illegal(
          "a query has at most "
              + LONGEST
              + " characters and "
              + DEEPEST
              + " parentheses within each other");
    }
  }

  private Query each(String field, Function<SearchField, Query> query) {
    if (field.equals(DEFAULT)) {
      List<Query> all = new ArrayList<>();
      otherwise.forEach((each, weight) -> {
        Query found = query.apply(each);
        all.add(weight == 1f ? found : new BoostQuery(found, weight));
      });
      return all.size() == 1 ? all.getFirst() : new DisjunctionMaxQuery(all, 0);
    }
    Optional<SearchField> found = definition.worded(field);
    return found.map(query).orElseGet(() -> FieldQueries.none(field));
  }

  @Override
  protected Query getFieldQuery(String field, String text, boolean quoted) {
    if (field.equals(EXISTS)) {
      return definition.worded(text).map(queries::exists).orElseGet(() -> FieldQueries.none(text));
    }
    boolean all = getDefaultOperator() == Operator.AND;
    FieldQueries.Words how = new FieldQueries.Words(all, null, null);
    return each(
        field, each -> quoted ? queries.phrase(each, text, 0) : queries.words(each, text, how));
  }

  @Override
  protected Query getFieldQuery(String field, String text, int slop) {
    return each(field, each -> queries.phrase(each, text, Math.max(0, slop)));
  }

  @Override
  protected Query getRangeQuery(
      String field,
      @Nullable String low,
      @Nullable String high,
      boolean lowIncluded,
      boolean highIncluded) {
    FieldQueries.Bounds bounds = new FieldQueries.Bounds(low, lowIncluded, high, highIncluded);
    return each(field, each -> queries.range(each, bounds));
  }

  @Override
  protected Query getWildcardQuery(String field, String pattern) {
    boolean everything = pattern.equals("*") && (field.equals("*") || field.equals(DEFAULT));
    return everything
        ? MatchAllDocsQuery.INSTANCE
        : each(field, each -> queries.wildcard(each, pattern));
  }

  @Override
  protected Query getPrefixQuery(String field, String text) {
    return each(field, each -> queries.prefix(each, text));
  }

  @Override
  protected Query getRegexpQuery(String field, String pattern) {
    return each(field, each -> queries.regexp(each, pattern));
  }

  @Override
  protected Query getFuzzyQuery(String field, String word, float similarity) {
    String fuzziness = similarity >= 1 ? Integer.toString(Math.min(2, (int) similarity)) : "AUTO";
    return each(field, each -> queries.fuzzy(each, word, fuzziness, 0));
  }
}
