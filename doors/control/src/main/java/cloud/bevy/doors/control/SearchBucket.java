package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.JsonTree;
import cloud.bevy.services.search.SearchAnswer;
import cloud.bevy.services.search.SearchRefusal;
import cloud.bevy.services.search.SearchRequest;
import java.io.IOException;
import java.util.Map;

/// `POST buckets/NAME/search?cloud=NAME`: searches the objects of a bucket. The body and the answer
/// are those of a search in OpenSearch.
public final class SearchBucket implements ControlOperation {
  private final Clouds clouds;
  private final Indexes indexes;

  /// @param clouds whose buckets
  public SearchBucket(Clouds clouds, Indexes indexes) {
    this.clouds = clouds;
    this.indexes = indexes;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.matches("buckets/[^/]+/search");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws IOException, ControlRefusal {
    byte[] body = request.body().readNBytes(JsonTree.MOST_BYTES + 1);
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Bucket bucket = NamedBucket.find(lease.cloud(), request);
      SearchRequest search = SearchRequest.read(body);
      SearchAnswer answer = indexes.of(lease.cloud()).buckets().search(bucket, search);
      return SearchTable.json(answer.tree(bucket.name().text()));
    } catch (SearchRefusal refusal) {
      throw SearchTable.refused(refusal);
    }
  }
}
