package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `PUT /{index}`: makes a table with an index.
final class CreateIndex implements Operation {
  @Override
  public Answer run(Call call) {
    Mapping mapping = Mapping.EMPTY;
    for (Map.Entry<String, @Nullable Object> each : call.object().entrySet()) {
      switch (each.getKey()) {
        case "mappings" -> mapping = mapping.with(Json.map("mappings", each.getValue()));
        case "settings" -> Json.map("settings", each.getValue());
        case "aliases" -> {
          if (!Json.map("aliases", each.getValue()).isEmpty()) {
            throw Refused.illegal("there are no aliases: an index has one name, its table's");
          }
        }
        default -> throw Refused.parsing("unknown key [" + each.getKey() + "] for create index");
      }
    }
    Index index = call.place().create(call.name(Route.INDEX), mapping);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("acknowledged", true);
    tree.put("shards_acknowledged", true);
    tree.put("index", index.name());
    return Answer.of(tree);
  }
}
