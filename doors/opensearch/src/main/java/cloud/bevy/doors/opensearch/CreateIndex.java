package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `PUT /{index}`: makes a table with an index.
final class CreateIndex implements Operation {
  @Override
  public Answer run(Call call) {
    Map<String, @Nullable Object> body = call.object();
    for (Map.Entry<String, @Nullable Object> each : body.entrySet()) {
      switch (each.getKey()) {
        case "mappings", "settings", "aliases" -> Json.map(each.getKey(), each.getValue());
        default -> throw Refused.parsing("unknown key [" + each.getKey() + "] for create index");
      }
    }
    Index index = new IndexTemplates(call.place()).create(call.name(Route.INDEX), body);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("acknowledged", true);
    tree.put("shards_acknowledged", true);
    tree.put("index", index.name());
    return Answer.of(tree);
  }
}
