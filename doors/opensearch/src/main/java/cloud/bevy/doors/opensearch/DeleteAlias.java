package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `DELETE /{index}/_alias/{name}`: takes another name away from indexes.
final class DeleteAlias implements Operation {
  @Override
  public Answer run(Call call) {
    List<Aliases.Action> actions = new ArrayList<>();
    Aliases aliases = call.place().aliases();
    for (Index index : call.place().expand(call.name(Route.INDEX), false)) {
      for (String name : call.name(Route.NAME).split(",", -1)) {
        UpdateAliases.remove(aliases, index, name.equals("_all") ? "*" : name, actions);
      }
    }
    aliases.change(actions);
    return Answer.of(Map.of("acknowledged", true));
  }
}
