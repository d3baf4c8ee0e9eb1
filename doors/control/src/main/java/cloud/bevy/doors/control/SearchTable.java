package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.JsonTree;
import cloud.bevy.services.search.SearchAnswer;
import cloud.bevy.services.search.SearchRefusal;
import cloud.bevy.services.search.SearchRequest;
import cloud.bevy.services.tables.NoSuchTable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST tables/NAME/search?cloud=NAME`: searches a table. The body and the answer are those of a
/// search in OpenSearch.
public final class SearchTable implements ControlOperation {
  private final Clouds clouds;
  private final Indexes indexes;

  /// @param clouds whose tables
  public SearchTable(Clouds clouds, Indexes indexes) {
    this.clouds = clouds;
    this.indexes = indexes;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.matches("tables/[^/]+/search");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws IOException, ControlRefusal {
    String table = request.path().get(1);
    byte[] body = request.body().readNBytes(JsonTree.MOST_BYTES + 1);
    try (Lease lease = NamedCloud.open(clouds, request)) {
      SearchRequest search = SearchRequest.read(body);
      SearchAnswer answer = indexes.of(lease.cloud()).search(table, search);
      return json(answer.tree(table));
    } catch (NoSuchTable none) {
      throw NamedTable.noSuchTable(table);
    } catch (SearchRefusal refusal) {
      throw refused(refusal);
    }
  }

  /// A tree in which a value may be missing is JSON as well.
  @SuppressWarnings({"NullAway", "unchecked"})
  static Map<String, Object> json(Map<String, @Nullable Object> tree) {
    return (Map<String, Object>) (Map<?, ?>) tree;
  }

  /// What a search refuses, for a person.
  static ControlRefusal refused(SearchRefusal refusal) {
    return new ControlRefusal(
        refusal.kind().status(), refusal.kind().type() + ": " + refusal.getMessage(), "");
  }
}
