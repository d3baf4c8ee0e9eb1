package cloud.bevy.services.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is asked of an index: the body of a search as OpenSearch has it, as a tree. It is
/// understood when it meets the fields of an index.
///
/// Beside OpenSearch's own members there are `knn`, the nearest vectors as a part of a search;
/// `rank`, how the lists of several queries become one; and `refresh`, false for the index as it
/// is.
public final class SearchRequest {
  private final Map<String, @Nullable Object> body;

  private SearchRequest(Map<String, @Nullable Object> body) {
    this.body = body;
  }

  /// The search that a tree is.
  public static SearchRequest of(Map<String, @Nullable Object> body) {
    return new SearchRequest(new LinkedHashMap<>(body));
  }

  /// The search that JSON is.
  ///
  /// @throws SearchRefusal if it is no JSON object, or too long
  public static SearchRequest read(byte[] json) {
    return new SearchRequest(JsonTree.object(json));
  }

  /// A search in Lucene's syntax.
  public static SearchRequest lucene(String query) {
    return of(Map.of("query", Map.of("query_string", Map.of("query", query))));
  }

  /// All items.
  public static SearchRequest all() {
    return of(Map.of());
  }

  /// The same with another member.
  public SearchRequest with(String member, Object value) {
    Map<String, @Nullable Object> next = new LinkedHashMap<>(body);
    next.put(member, value);
    return new SearchRequest(next);
  }

  /// The same for at most so many items.
  public SearchRequest size(int size) {
    return with("size", (long) size);
  }

  /// The same, with what of the fields has matched.
  public SearchRequest highlighting(List<String> fields) {
    Map<String, Object> named = new LinkedHashMap<>();
    fields.forEach(field -> named.put(field, Map.of()));
    return with("highlight", Map.of("fields", named));
  }

  /// The same of the index as it is, though there may have been writes since.
  public SearchRequest asItIs() {
    return with("refresh", false);
  }

  /// Whether the index must have all that is durable in the table.
  boolean present() {
    return body().bool("refresh", true);
  }

  Part body() {
    return new Part("search", body);
  }
}
