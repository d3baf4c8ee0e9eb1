package cloud.bevy.doors.opensearch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `PUT /{index}/_mapping`: adds fields to an index, which is made anew from its table then.
final class PutMapping implements Operation {
  @Override
  public Answer run(Call call) {
    Map<String, @Nullable Object> given = call.object();
    for (Index index : call.place().expand(call.name(Route.INDEX), call.lenient())) {
      call.place().remap(index, before -> before.with(given));
    }
    return Answer.of(Map.of("acknowledged", true));
  }
}
