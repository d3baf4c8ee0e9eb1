package cloud.bevy.services.search;

import org.apache.lucene.search.IndexSearcher;

/// What aggregations are read with.
///
/// @param budget of all of them together
record AggregationContext(
    SearchDefinition definition, IndexSearcher searcher, QueryReader queries, Budget budget) {
  /// The field of an aggregation.
  ///
  /// @throws SearchRefusal if there is none whose values can be counted
  SearchField field(Part part) {
    String name = part.text("field");
    return definition
        .whole(name)
        .orElseThrow(() ->
            SearchRefusal.illegal(
                "[" + name + "] cannot be aggregated: it takes a keyword, a number or a date"));
  }
}
