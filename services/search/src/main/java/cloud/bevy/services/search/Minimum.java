package cloud.bevy.services.search;

import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;

/// How many of several clauses must match: `2`, `-1`, `75%`, `-25%`.
final class Minimum {
  private Minimum() {}

  /// The same query, of whose optional clauses so many must match.
  ///
  /// @throws SearchRefusal if that is no such number
  static BooleanQuery of(BooleanQuery query, String minimum) {
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    int optional = 0;
    for (BooleanClause clause : query.clauses()) {
      builder.add(clause);
      optional += clause.occur() == BooleanClause.Occur.SHOULD ? 1 : 0;
    }
    return builder.setMinimumNumberShouldMatch(count(minimum, optional)).build();
  }

  static int count(String minimum, int optional) {
    if (!minimum.matches("-?[0-9]{1,6}%?")) {
      throw SearchRefusal.illegal(
          "[" + minimum + "] is no minimum_should_match: it is a number as 2 or -1, or 75%");
    }
    boolean share = minimum.endsWith("%");
    int number = Integer.parseInt(share ? minimum.substring(0, minimum.length() - 1) : minimum);
    int count = share ? (int) ((long) number * optional / 100) : number;
    return Math.max(0, count < 0 ? optional + count : count);
  }
}
