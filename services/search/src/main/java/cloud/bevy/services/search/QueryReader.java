package cloud.bevy.services.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// Makes Lucene's queries of those that are written in JSON as OpenSearch has them.
final class QueryReader {
  /// How many queries may be within each other.
  static final int DEEPEST = 20;

  /// How many queries there may be in all.
  static final int MOST = 1024;

  /// How many values one query may list.
  static final int MOST_VALUES = 65_536;

  private final SearchView view;
  private final FieldQueries fields;
  private final WordQueries words;
  private final VectorQueries vectors;
  private int depth;
  private int count;

  QueryReader(SearchView view, Analyzer analyzer) {
    this.view = view;
    fields = new FieldQueries(analyzer);
    words = new WordQueries(view.definition(), fields, analyzer);
    vectors = new VectorQueries(view.definition(), this::query);
  }

  VectorQueries vectors() {
    return vectors;
  }

  /// The query that a value is.
  ///
  /// @throws SearchRefusal if it is none, or too much
  Query query(@Nullable Object value) {
    Map<String, @Nullable Object> query = Part.map("query", value);
    if (query.size() != 1) {
      throw SearchRefusal.parsing(
          query.isEmpty()
              ? "query malformed, empty clause found"
              : "["
                  + query.keySet().iterator().next()
                  + "] malformed query, expected [END_OBJECT]"
                  + " but found [FIELD_NAME]");
    }
    String name = query.keySet().iterator().next();
    depth++;
    count++;
    if (depth > DEEPEST) {
      throw SearchRefusal.illegal(
          "The query has a nested depth of more than " + DEEPEST + " queries within each other");
    }
    if (count > MOST) {
      throw SearchRefusal.illegal("too_many_clauses: a search has at most " + MOST + " queries");
    }
    try {
      return named(name, Part.of(name, query.get(name)));
    } catch (IndexSearcher.TooManyClauses many) {
      throw SearchRefusal.illegal("too_many_clauses: " + many.getMessage());
    } finally {
      depth--;
    }
  }

  private Query named(String name, Part part) {
    return switch (name) {
      case "match_all" -> done(part, MatchAllDocsQuery.INSTANCE);
      case "match_none" -> done(part, new MatchNoDocsQuery("match_none"));
      case "bool" -> bool(part);
      case "constant_score" -> constantScore(part);
      case "dis_max" -> disMax(part);
      case "boosting" -> boosting(part);
      case "ids" -> ids(part);
      case "exists" -> exists(part);
      case "term" -> term(part);
      case "terms" -> terms(part);
      case "range" -> range(part);
      case "prefix" -> about(part, this::prefix);
      case "wildcard" -> about(part, this::wildcard);
      case "regexp" -> about(part, this::regexp);
      case "fuzzy" -> about(part, this::fuzzy);
      case "match" -> about(part, words::match);
      case "match_phrase" -> about(part, words::phrase);
      case "match_phrase_prefix" -> about(part, words::phrasePrefix);
      case "match_bool_prefix" -> about(part, words::boolPrefix);
      case "multi_match" -> done(part, words.multiMatch(part));
      case "query_string" -> done(part, words.queryString(part));
      case "simple_query_string" -> done(part, words.simpleQueryString(part));
      case "knn" -> vectors.query(part);
      case "script", "script_score" ->
          throw SearchRefusal.illegal("[" + name + "] is not carried out: there are no scripts");
      case "hybrid" ->
          throw SearchRefusal.illegal("[hybrid] must be the whole query, and not part of another");
      default -> throw SearchRefusal.parsing("unknown query [" + name + "]");
    };
  }

  /// A query with what all of them can be given.
  private static Query done(Part part, Query query) {
    part.ignore("_name");
    float boost = part.boost();
    part.end();
    return boost == 1f ? query : new BoostQuery(query, boost);
  }

  private Query bool(Part part) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    int must = add(all, part, "must", BooleanClause.Occur.MUST);
    int filter = add(all, part, "filter", BooleanClause.Occur.FILTER);
    int should = add(all, part, "should", BooleanClause.Occur.SHOULD);
    int not = add(all, part, "must_not", BooleanClause.Occur.MUST_NOT);
    String minimum = Part.scalar(part.value("minimum_should_match"));
    if (minimum != null) {
      all.setMinimumNumberShouldMatch(Minimum.count(minimum, should));
    }
    if (must + filter + should == 0) {
      // Nothing that must be there, but perhaps something that must not.
      all.add(
          MatchAllDocsQuery.INSTANCE,
          not == 0 ? BooleanClause.Occur.MUST : BooleanClause.Occur.FILTER);
    }
    part.ignore("adjust_pure_negative");
    return done(part, all.build());
  }

  private int add(BooleanQuery.Builder all, Part part, String name, BooleanClause.Occur occur) {
    List<@Nullable Object> given = part.some(name);
    given.forEach(each -> all.add(query(each), occur));
    return given.size();
  }

  private Query constantScore(Part part) {
    return done(part, new ConstantScoreQuery(query(part.value("filter"))));
  }

  private Query disMax(Part part) {
    List<Query> all = new ArrayList<>();
    part.list("queries").forEach(each -> all.add(query(each)));
    float tie = (float) part.number("tie_breaker", 0);
    if (tie < 0 || tie > 1) {
      throw SearchRefusal.illegal("[tie_breaker] must be from 0 to 1");
    }
    return done(part, new DisjunctionMaxQuery(all, tie));
  }

  /// What matches the first, with less of a score where it matches the second too.
  private Query boosting(Part part) {
    Query positive = query(part.value("positive"));
    Query negative = query(part.value("negative"));
    float less = (float) part.number("negative_boost", -1);
    if (less < 0 || less > 1) {
      throw SearchRefusal.illegal(
          "[boosting] query requires 'negative_boost' to be set to be a positive value");
    }
    return done(part, FunctionScoreQuery.boostByQuery(positive, negative, less));
  }

  private Query ids(Part part) {
    List<BytesRef> keys = new ArrayList<>();
    for (String id : texts("values", part.some("values"))) {
      view.source().key(id).ifPresent(key -> keys.add(new BytesRef(key)));
    }
    return done(part, new ConstantScoreQuery(new TermInSetQuery(DocumentMaker.KEY, keys)));
  }

  private Query exists(Part part) {
    String name = part.text("field");
    return done(
        part,
        view.definition()
            .worded(name)
            .map(field -> (Query) new ConstantScoreQuery(fields.exists(field)))
            .orElseGet(() -> FieldQueries.none(name)));
  }

  /// A query whose one member is named for a field.
  private Query about(Part part, java.util.function.BiFunction<String, Part, Query> read) {
    if (part.names().size() != 1) {
      throw SearchRefusal.parsing(
          "[" + part.name() + "] query doesn't support multiple fields, and needs one");
    }
    String name = part.names().iterator().next();
    Object value = part.value(name);
    String scalar = Part.scalar(value);
    Part inner = scalar == null ? Part.of(part.name(), value) : new Part(part.name(), one(scalar));
    return done(inner, read.apply(name, inner));
  }

  private static Map<String, @Nullable Object> one(String value) {
    Map<String, @Nullable Object> one = new java.util.LinkedHashMap<>();
    one.put("query", value);
    return one;
  }

  /// What is looked for: `value`, or the whole where only that is given.
  private static String sought(Part part) {
    return part.text(part.has("value") ? "value" : "query");
  }

  private Query field(String name, Function<SearchField, Query> query) {
    Optional<SearchField> field = view.definition().worded(name);
    return field.map(query).orElseGet(() -> FieldQueries.none(name));
  }

  private Query term(Part part) {
    if (part.has("_id")) {
      return ids(new Part("term", Map.of("values", List.of(part.text("_id")))));
    }
    return about(
        part,
        (name, inner) -> {
          String value = sought(inner);
          boolean folded = inner.bool("case_insensitive", false);
          return field(
              name,
              field ->
                  folded ? fields.regexp(field, Cases.any(value)) : fields.exact(field, value));
        });
  }

  private Query terms(Part part) {
    String name =
        part.names().stream()
            .filter(member -> !member.equals("boost") && !member.equals("_name"))
            .findFirst()
            .orElseThrow(() -> SearchRefusal.parsing("[terms] query requires a field"));
    List<String> values = texts(name, part.list(name));
    Query query = field(name, field -> new ConstantScoreQuery(fields.anyOf(field, values)));
    return done(part, query);
  }

  private static List<String> texts(String name, List<@Nullable Object> values) {
    if (values.size() > MOST_VALUES) {
      throw SearchRefusal.illegal(
          "[" + name + "] lists " + values.size() + " values, more than " + MOST_VALUES);
    }
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      String text = Part.scalar(value);
      if (text == null) {
        throw SearchRefusal.parsing("[" + name + "] must list strings, numbers or booleans");
      }
      texts.add(text);
    }
    return texts;
  }

  private Query range(Part part) {
    return about(
        part,
        (name, inner) -> {
          boolean above = inner.has("gt");
          boolean below = inner.has("lt");
          FieldQueries.Bounds bounds =
              new FieldQueries.Bounds(
                  Part.scalar(inner.value(above ? "gt" : "gte")),
                  !above,
                  Part.scalar(inner.value(below ? "lt" : "lte")),
                  !below);
          inner.ignore("format", "relation", "time_zone");
          return field(name, field -> new ConstantScoreQuery(fields.range(field, bounds)));
        });
  }

  private Query prefix(String name, Part part) {
    String text = sought(part);
    part.ignore("rewrite");
    boolean folded = part.bool("case_insensitive", false);
    return field(
        name,
        field ->
            folded ? fields.regexp(field, Cases.any(text) + ".*") : fields.prefix(field, text));
  }

  private Query wildcard(String name, Part part) {
    String pattern = part.has("wildcard") ? part.text("wildcard") : sought(part);
    part.ignore("rewrite");
    boolean folded = part.bool("case_insensitive", false);
    return field(
        name,
        field ->
            folded
                ? fields.regexp(field, Cases.anyWildcard(pattern))
                : fields.wildcard(field, pattern));
  }

  private Query regexp(String name, Part part) {
    String pattern = sought(part);
    part.ignore("rewrite", "flags", "max_determinized_states");
    return field(name, field -> fields.regexp(field, pattern));
  }

  private Query fuzzy(String name, Part part) {
    String word = sought(part);
    String fuzziness = part.text("fuzziness", "AUTO");
    int prefix = part.integer("prefix_length", 0, 0, FieldQueries.LONGEST_PATTERN);
    part.ignore("rewrite", "transpositions", "max_expansions");
    return field(name, field -> fields.fuzzy(field, word, fuzziness, prefix));
  }
}
