package cloud.bevy.doors.opensearch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `PUT /{index}/_alias/{name}`: gives indexes another name.
final class PutAlias implements Operation {
  @Override
  public Answer run(Call call) {
    Map<String, @Nullable Object> body = call.object();
    UpdateAliases.checkMembers(body);
    boolean writes = Boolean.TRUE.equals(body.get("is_write_index"));
    List<Aliases.Action> actions =
        call.place().expand(call.name(Route.INDEX), false).stream()
            .map(index -> new Aliases.Action(index, call.name(Route.NAME), true, writes))
            .toList();
    new Aliases(call.place()).change(actions);
    return Answer.of(Map.of("acknowledged", true));
  }
}
