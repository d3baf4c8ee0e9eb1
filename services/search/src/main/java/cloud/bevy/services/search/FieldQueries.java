package cloud.bevy.services.search;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RegexpQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.jspecify.annotations.Nullable;

/// Queries about one field, in the way of its kind. What a field cannot be asked is refused; a
/// field that the index has not matches nothing.
final class FieldQueries {
  /// The most characters of a pattern.
  static final int LONGEST_PATTERN = 1000;

  private final Analyzer analyzer;

  FieldQueries(Analyzer analyzer) {
    this.analyzer = analyzer;
  }

  /// A range of values.
  ///
  /// @param low null for none
  /// @param high null for none
  record Bounds(
      @Nullable String low, boolean lowIncluded, @Nullable String high, boolean highIncluded) {}

  /// How words are looked for.
  ///
  /// @param all whether all of them must be there, or any
  /// @param minimum how many, as OpenSearch writes it; null where nothing is said
  /// @param fuzziness how many letters may differ, as OpenSearch writes it; null for none
  record Words(boolean all, @Nullable String minimum, @Nullable String fuzziness) {
    static final Words ANY = new Words(false, null, null);
  }

  static Query none(String field) {
    return new MatchNoDocsQuery("no field [" + field + "]");
  }

  /// The items whose value is exactly this; of text, those that have it as a word.
  Query exact(SearchField field, String value) {
    return switch (field.kind()) {
      case TEXT, KEYWORD -> new TermQuery(new Term(field.indexed(), value));
      case NUMBER -> DoubleField.newExactQuery(field.indexed(), number(field, value));
      case DATE -> LongField.newExactQuery(field.indexed(), moment(field, value));
      case VECTOR -> throw unfit(field, "compared");
    };
  }

  /// The same for one of several values.
  Query anyOf(SearchField field, List<String> values) {
    return switch (field.kind()) {
      case TEXT, KEYWORD ->
          new TermInSetQuery(field.indexed(), values.stream().map(BytesRef::new).toList());
      case NUMBER ->
          DoublePoint.newSetQuery(
              field.indexed(), values.stream().mapToDouble(v -> number(field, v)).toArray());
      case DATE ->
          LongPoint.newSetQuery(
              field.indexed(), values.stream().mapToLong(v -> moment(field, v)).toArray());
      case VECTOR -> throw unfit(field, "compared");
    };
  }

  /// The items that have words of a text; of what is no text, those that have that value.
  Query words(SearchField field, String text, Words how) {
    if (field.kind() != FieldKind.TEXT) {
      return exact(field, text);
    }
    BooleanClause.Occur occur = how.all() ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
    Query query = builder(how.fuzziness()).createBooleanQuery(field.indexed(), text, occur);
    if (query == null) {
      return new MatchNoDocsQuery("no words");
    }
    return how.minimum() != null && query instanceof BooleanQuery several
        ? Minimum.of(several, how.minimum())
        : query;
  }

  private QueryBuilder builder(@Nullable String fuzziness) {
    if (fuzziness == null) {
      return new QueryBuilder(analyzer);
    }
    return new QueryBuilder(analyzer) {
      @Override
      protected Query newTermQuery(Term term, float boost) {
        int edits = Fuzziness.edits(fuzziness, term.text());
        return edits == 0 ? super.newTermQuery(term, boost) : new FuzzyQuery(term, edits);
      }
    };
  }

  /// The items that have words in this order, with at most so many others between them.
  Query phrase(SearchField field, String text, int slop) {
    if (field.kind() != FieldKind.TEXT) {
      return exact(field, text);
    }
    Query query = new QueryBuilder(analyzer).createPhraseQuery(field.indexed(), text, slop);
    return query == null ? new MatchNoDocsQuery("no words") : query;
  }

  /// The items that have words in this order, of which the last may go on.
  Query phrasePrefix(SearchField field, String text, int slop) {
    if (field.kind() != FieldKind.TEXT) {
      return prefix(field, text);
    }
    return Phrases.prefix(analyzer, field.indexed(), text, slop);
  }

  /// Words of which the last may go on.
  Query boolPrefix(SearchField field, String text, Words how) {
    if (field.kind() != FieldKind.TEXT) {
      return prefix(field, text);
    }
    Query query = words(field, text, new Words(how.all(), null, how.fuzziness()));
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    List<BooleanClause> clauses =
        query instanceof BooleanQuery several
            ? several.clauses()
            : List.of(new BooleanClause(query, BooleanClause.Occur.SHOULD));
    for (int i = 0; i < clauses.size(); i++) {
      BooleanClause clause = clauses.get(i);
      boolean last = i == clauses.size() - 1;
      all.add(
          last && clause.query() instanceof TermQuery word
              ? new ConstantScoreQuery(new PrefixQuery(word.getTerm()))
              : clause.query(),
          clause.occur());
    }
    BooleanQuery built = all.build();
    return how.minimum() == null ? built : Minimum.of(built, how.minimum());
  }

  Query prefix(SearchField field, String text) {
    checkPattern(field, text);
    return new PrefixQuery(new Term(field.indexed(), folded(field, text)));
  }

  /// `*` for anything, `?` for one character.
  Query wildcard(SearchField field, String pattern) {
    if (pattern.equals("*")) {
      return exists(field);
    }
    checkPattern(field, pattern);
    return simple(() -> new WildcardQuery(new Term(field.indexed(), patternOf(field, pattern))));
  }

  Query regexp(SearchField field, String pattern) {
    checkPattern(field, pattern);
    return simple(() -> new RegexpQuery(new Term(field.indexed(), pattern)));
  }

  private static Query simple(java.util.function.Supplier<Query> query) {
    try {
      return query.get();
    } catch (TooComplexToDeterminizeException complex) {
      throw SearchRefusal.illegal(
          "a pattern would take more than "
              + Operations.DEFAULT_DETERMINIZE_WORK_LIMIT
              + " steps to understand: use a simpler one");
    } catch (IllegalArgumentException wrong) {
      throw SearchRefusal.shard("Failed to parse pattern: " + wrong.getMessage());
    }
  }

  Query fuzzy(SearchField field, String word, String fuzziness, int prefix) {
    checkPattern(field, word);
    String folded = folded(field, word);
    int edits = Fuzziness.edits(fuzziness, folded);
    return new FuzzyQuery(new Term(field.indexed(), folded), edits, prefix);
  }

  Query exists(SearchField field) {
    return new FieldExistsQuery(field.indexed());
  }

  Query range(SearchField field, Bounds bounds) {
    String name = field.indexed();
    return switch (field.kind()) {
      case TEXT, KEYWORD ->
          TermRangeQuery.newStringRange(
              name, bounds.low(), bounds.high(), bounds.lowIncluded(), bounds.highIncluded());
      case NUMBER -> numbers(field, bounds);
      case DATE -> moments(field, bounds);
      case VECTOR -> throw unfit(field, "compared");
    };
  }

  private Query numbers(SearchField field, Bounds bounds) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    if (bounds.low() != null) {
      double value = number(field, bounds.low());
      low = bounds.lowIncluded() ? value : Math.nextUp(value);
    }
    if (bounds.high() != null) {
      double value = number(field, bounds.high());
      high = bounds.highIncluded() ? value : Math.nextDown(value);
    }
    return DoubleField.newRangeQuery(field.indexed(), low, high);
  }

  private Query moments(SearchField field, Bounds bounds) {
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    if (bounds.low() != null) {
      long value = moment(field, bounds.low());
      low = bounds.lowIncluded() ? value : value + 1;
    }
    if (bounds.high() != null) {
      long value = moment(field, bounds.high());
      high = bounds.highIncluded() ? value : value - 1;
    }
    return low > high
        ? new MatchNoDocsQuery("an empty range")
        : LongField.newRangeQuery(field.indexed(), low, high);
  }

  static double number(SearchField field, String value) {
    OptionalDouble number = FieldValues.number(value);
    if (number.isEmpty()) {
      throw SearchRefusal.shard(
          "failed to create query: [" + field.name() + "] is a number, [" + value + "] is none");
    }
    return number.getAsDouble();
  }

  static long moment(SearchField field, String value) {
    OptionalLong moment = FieldValues.moment(value);
    if (moment.isEmpty()) {
      throw SearchRefusal.shard(
          "failed to create query: ["
              + field.name()
              + "] is a date, ["
              + value
              + "] is none: write 2026-01-31, 2026-01-31T12:00:00Z or milliseconds");
    }
    return moment.getAsLong();
  }

  private static SearchRefusal unfit(SearchField field, String what) {
    return SearchRefusal.shard(
        "[" + field.name() + "] is a " + field.kind().word() + " and cannot be " + what);
  }

  private static void checkPattern(SearchField field, String pattern) {
    if (field.kind() != FieldKind.TEXT && field.kind() != FieldKind.KEYWORD) {
      throw unfit(field, "looked for by a part of it: that takes text or a keyword");
    }
    if (pattern.length() > LONGEST_PATTERN) {
      throw SearchRefusal.illegal(
          "The length of a pattern ["
              + pattern.length()
              + "] is above the most that is allowed ["
              + LONGEST_PATTERN
              + "]");
    }
  }

  /// A word, or the beginning of one, as the index has it.
  private String folded(SearchField field, String word) {
    return field.kind() == FieldKind.TEXT
        ? analyzer.normalize(field.indexed(), word).utf8ToString()
        : word;
  }

  /// A pattern of which the words between the signs are as the index has them.
  private String patternOf(SearchField field, String pattern) {
    if (field.kind() != FieldKind.TEXT) {
      return pattern;
    }
    StringBuilder out = new StringBuilder();
    List<Integer> word = new ArrayList<>();
    for (int at = 0; at < pattern.length(); ) {
      int c = pattern.codePointAt(at);
      at += Character.charCount(c);
      if (c == '*' || c == '?' || c == '\\') {
        flush(field, word, out);
        out.appendCodePoint(c);
      } else {
        word.add(c);
      }
    }
    flush(field, word, out);
    return out.toString();
  }

  private void flush(SearchField field, List<Integer> word, StringBuilder out) {
    StringBuilder text = new StringBuilder();
    word.forEach(text::appendCodePoint);
    word.clear();
    out.append(text.isEmpty() ? "" : folded(field, text.toString()));
  }
}
