package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_stats`, `/{index}/_stats`: how many documents the indexes hold.
final class IndexStats implements Operation {
  @Override
  public Answer run(Call call) {
    List<Index> indexes = call.place().expand(call.indexes(), call.lenient());
    Map<String, Object> each = new LinkedHashMap<>();
    long all = 0;
    for (Index index : indexes) {
      long documents = call.place().documents(index);
      all += documents;
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("uuid", index.table().description().incarnation());
      one.putAll(counted(documents));
      each.put(index.name(), one);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("_shards", Shards.of(indexes.size()));
    tree.put("_all", counted(all));
    tree.put("indices", each);
    return Answer.of(tree);
  }

  private static Map<String, Object> counted(long documents) {
    Map<String, Object> docs = new LinkedHashMap<>();
    docs.put("count", documents);
    docs.put("deleted", 0);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("primaries", Map.of("docs", docs));
    tree.put("total", Map.of("docs", docs));
    return tree;
  }
}
