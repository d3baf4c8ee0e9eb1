package cloud.bevy.services.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/// Queries about words: `match` and what is like it.
final class WordQueries {
  /// The most words between those of a phrase.
  private static final int MOST_SLOP = 10_000;

  private final SearchDefinition definition;
  private final FieldQueries fields;
  private final Analyzer analyzer;

  WordQueries(SearchDefinition definition, FieldQueries fields, Analyzer analyzer) {
    this.definition = definition;
    this.fields = fields;
    this.analyzer = analyzer;
  }

  Query match(String name, Part part) {
    String text = part.text("query");
    FieldQueries.Words how = how(part);
    part.ignore("analyzer", "lenient", "zero_terms_query");
    return field(name, field -> fields.words(field, text, how));
  }

  Query phrase(String name, Part part) {
    String text = part.text("query");
    int slop = part.integer("slop", 0, 0, MOST_SLOP);
    part.ignore("analyzer", "zero_terms_query");
    return field(name, field -> fields.phrase(field, text, slop));
  }

  Query phrasePrefix(String name, Part part) {
    String text = part.text("query");
    int slop = part.integer("slop", 0, 0, MOST_SLOP);
    part.ignore("analyzer", "max_expansions", "zero_terms_query");
    return field(name, field -> fields.phrasePrefix(field, text, slop));
  }

  /// Any of the words, of which the last may go on.
  Query boolPrefix(String name, Part part) {
    String text = part.text("query");
    FieldQueries.Words how = how(part);
    part.ignore("analyzer");
    return field(name, field -> fields.boolPrefix(field, text, how));
  }

  private Query field(String name, Function<SearchField, Query> query) {
    Optional<SearchField> field = definition.worded(name);
    return field.map(query).orElseGet(() -> FieldQueries.none(name));
  }

  private static FieldQueries.Words how(Part part) {
    String minimum = Part.scalar(part.value("minimum_should_match"));
    String fuzziness = Part.scalar(part.value("fuzziness"));
    part.ignore("prefix_length", "max_expansions", "fuzzy_transpositions", "fuzzy_rewrite");
    return new FieldQueries.Words(all(part, "operator"), minimum, fuzziness);
  }

  private static boolean all(Part part, String member) {
    String operator = part.text(member, "or");
    return switch (operator) {
      case "and", "AND" -> true;
      case "or", "OR" -> false;
      default -> throw SearchRefusal.parsing("[" + operator + "] is no operator: it is and or or");
    };
  }

  Query multiMatch(Part part) {
    String text = part.text("query");
    String type = part.text("type", "best_fields");
    Map<SearchField, Float> wanted = weighted(part);
    FieldQueries.Words how = how(part);
    int slop = part.integer("slop", 0, 0, MOST_SLOP);
    float tie = (float) part.number("tie_breaker", 0);
    part.ignore("analyzer", "lenient", "zero_terms_query");
    return switch (type) {
      case "best_fields" ->
          best(wanted, field -> lenient(() -> fields.words(field, text, how)), tie);
      case "most_fields", "cross_fields" ->
          most(wanted, field -> lenient(() -> fields.words(field, text, how)));
      case "phrase" -> best(wanted, field -> lenient(() -> fields.phrase(field, text, slop)), tie);
      case "bool_prefix" ->
          most(wanted, field -> lenient(() -> fields.boolPrefix(field, text, how)));
      case "phrase_prefix" ->
          best(wanted, field -> lenient(() -> fields.phrasePrefix(field, text, slop)), tie);
      default -> throw SearchRefusal.parsing("[" + type + "] is no type of [multi_match]");
    };
  }

  /// Of several fields, those that cannot have such a value do not count.
  private static Query lenient(java.util.function.Supplier<Query> query) {
    try {
      return query.get();
    } catch (SearchRefusal unfit) {
      return new MatchNoDocsQuery(unfit.getMessage());
    }
  }

  private static Query best(
      Map<SearchField, Float> fields, Function<SearchField, Query> query, float tie) {
    return fields.isEmpty()
        ? new MatchNoDocsQuery("no fields")
        : new DisjunctionMaxQuery(each(fields, query), tie);
  }

  private static Query most(Map<SearchField, Float> fields, Function<SearchField, Query> query) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    each(fields, query).forEach(each -> all.add(each, BooleanClause.Occur.SHOULD));
    return all.build();
  }

  private static List<Query> each(
      Map<SearchField, Float> fields, Function<SearchField, Query> query) {
    List<Query> all = new ArrayList<>();
    fields.forEach((field, weight) -> {
      Query found = query.apply(field);
      all.add(weight == 1f ? found : new BoostQuery(found, weight));
    });
    return all;
  }

  /// The fields that are named, as `title^2`, `meta.*`; where none is, all of text and keywords.
  private Map<SearchField, Float> weighted(Part part) {
    List<@Nullable Object> named = part.some("fields");
    Map<SearchField, Float> fields = new LinkedHashMap<>();
    if (named.isEmpty()) {
      String field = part.text("default_field", "*");
      add(fields, field);
    }
    for (Object name : named) {
      if (!(name instanceof String text)) {
        throw SearchRefusal.parsing("[fields] must list names");
      }
      add(fields, text);
    }
    return fields;
  }

  private void add(Map<SearchField, Float> fields, String named) {
    int sign = named.lastIndexOf('^');
    String name = sign < 0 ? named : named.substring(0, sign);
    float weight = sign < 0 ? 1 : weight(named.substring(sign + 1));
    if (!name.contains("*")) {
      definition.worded(name).ifPresent(field -> fields.put(field, weight));
      return;
    }
    int star = name.indexOf('*');
    if (star < name.length() - 1) {
      throw SearchRefusal.illegal(
          "[" + name + "] cannot name fields: a star is at the end, as in meta.*");
    }
    String begin = name.substring(0, star);
    Stream.concat(definition.of(FieldKind.TEXT), definition.of(FieldKind.KEYWORD))
        .filter(field -> field.name().startsWith(begin))
        .forEach(field -> fields.putIfAbsent(field, weight));
  }

  private static float weight(String text) {
    if (!text.matches("[0-9]{1,6}([.][0-9]{1,6})?")) {
      throw SearchRefusal.parsing("[" + text + "] is no weight of a field");
    }
    return Float.parseFloat(text);
  }

  Query queryString(Part part) {
    String text = part.text("query");
    Map<SearchField, Float> otherwise = weighted(part);
    LuceneSyntax syntax = new LuceneSyntax(definition, fields, analyzer, otherwise);
    if (all(part, "default_operator")) {
      syntax.setDefaultOperator(QueryParser.Operator.AND);
    }
    syntax.setPhraseSlop(part.integer("phrase_slop", 0, 0, MOST_SLOP));
    String minimum = Part.scalar(part.value("minimum_should_match"));
    part.ignore("analyze_wildcard", "analyzer", "lenient", "allow_leading_wildcard", "time_zone");
    Query query = syntax.read(text);
    return minimum != null && query instanceof BooleanQuery several
        ? Minimum.of(several, minimum)
        : query;
  }

  Query simpleQueryString(Part part) {
    String text = part.text("query");
    Map<SearchField, Float> wanted = weighted(part);
    boolean all = all(part, "default_operator");
    part.ignore("analyzer", "lenient", "flags", "analyze_wildcard");
    if (text.strip().equals("*")) {
      return MatchAllDocsQuery.INSTANCE;
    }
    return new SimpleSyntax(fields, analyzer, wanted, all).read(text);
  }
}
