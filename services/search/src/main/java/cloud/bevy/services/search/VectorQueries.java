package cloud.bevy.services.search;

import java.util.List;
import java.util.function.Function;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.jspecify.annotations.Nullable;

/// Queries for the nearest vectors.
final class VectorQueries {
  /// The most neighbours, and the most that are looked at for them.
  static final int MOST = 10_000;

  /// So many are looked at, where nobody says: the graph finds the nearest few for sure only among
  /// more.
  private static final int CANDIDATES = 100;

  private final SearchDefinition definition;
  private final Function<@Nullable Object, Query> queries;

  VectorQueries(SearchDefinition definition, Function<@Nullable Object, Query> queries) {
    this.definition = definition;
    this.queries = queries;
  }

  /// As a query, `{"embedding": {"vector": […], "k": 10, "filter": {…}}}`, or with a member
  /// `field`.
  Query query(Part part) {
    if (part.has("field")) {
      return section(part);
    }
    if (part.names().size() != 1) {
      throw SearchRefusal.parsing("[knn] requires one field");
    }
    String name = part.names().iterator().next();
    Part inner = part.part(name);
    return nearest(name, inner, "vector");
  }

  /// As a part of the request, `{"field": "embedding", "query_vector": […], "k": 10}`.
  Query section(Part part) {
    return nearest(part.text("field"), part, part.has("vector") ? "vector" : "query_vector");
  }

  private Query nearest(String name, Part part, String member) {
    SearchField field =
        definition
            .vector(name)
            .orElseThrow(
                () -> SearchRefusal.shard("failed to create query: [" + name + "] is no vector"));
    float[] vector = vector(field, part.list(member));
    int k = part.integer("k", 10, 1, MOST);
    int candidates = part.integer("num_candidates", Math.max(k, CANDIDATES), k, MOST);
    Query filter = part.has("filter") ? filter(part.value("filter")) : null;
    part.ignore("_name", "method_parameters", "similarity");
    float boost = part.boost();
    part.end();
    Query query = new Nearest(new Neighbours(field.indexed(), k, candidates), vector, filter);
    return boost == 1f ? query : new BoostQuery(query, boost);
  }

  private Query filter(@Nullable Object value) {
    if (!(value instanceof List<?>)) {
      return queries.apply(value);
    }
    org.apache.lucene.search.BooleanQuery.Builder all =
        new org.apache.lucene.search.BooleanQuery.Builder();
    for (Object each : Part.list("filter", value)) {
      all.add(queries.apply(each), org.apache.lucene.search.BooleanClause.Occur.FILTER);
    }
    return all.build();
  }

  private static float[] vector(SearchField field, List<@Nullable Object> values) {
    if (values.size() != field.dimensions()) {
      throw SearchRefusal.shard(
          "failed to create query: Query vector has invalid dimension: "
              + values.size()
              + ". Dimension should be: "
              + field.dimensions());
    }
    float[] vector = new float[values.size()];
    double square = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = values.get(i) instanceof Number number ? number.floatValue() : Float.NaN;
      square += (double) vector[i] * vector[i];
    }
    if (!Double.isFinite(square)) {
      throw SearchRefusal.parsing("a vector is an array of finite numbers");
    }
    if (square == 0 && field.space() == SearchField.Space.COSINE) {
      throw SearchRefusal.illegal(
          "zero vector is not supported when space type is [cosine]: it has no direction");
    }
    return vector;
  }

  /// Which field, how many, and how many are looked at for them.
  private record Neighbours(String field, int wanted, int candidates) {}

  /// The nearest of some more that were looked at.
  private static final class Nearest extends KnnFloatVectorQuery {
    private final Neighbours neighbours;

    Nearest(Neighbours neighbours, float[] vector, @Nullable Query filter) {
      super(neighbours.field(), vector, neighbours.candidates(), filter);
      this.neighbours = neighbours;
    }

    @Override
    protected TopDocs mergeLeafResults(TopDocs[] leaves) {
      return TopDocs.merge(neighbours.wanted(), leaves);
    }

    @Override
    public boolean equals(Object other) {
      return super.equals(other)
          && other instanceof Nearest nearest
          && neighbours.equals(nearest.neighbours);
    }

    @Override
    public int hashCode() {
      return 31 * super.hashCode() + neighbours.hashCode();
    }
  }
}
