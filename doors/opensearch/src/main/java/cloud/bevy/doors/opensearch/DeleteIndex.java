package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// `DELETE /{index}`: deletes a table that was made through this door, with its items.
final class DeleteIndex implements Operation {
  @Override
  public Answer run(Call call) {
    String names = call.name(Route.INDEX);
    if (names.contains("*") || names.equals("_all")) {
      throw Refused.illegal("Wildcard expressions or all indices are not allowed");
    }
    List<Index> indexes = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      if (call.place().find(name).isPresent() || call.place().aliases().of(name).isEmpty()) {
        indexes.addAll(call.place().expand(name, call.lenient()));
      } else if (!call.lenient()) {
        throw Refused.illegal(
            "The provided expression ["
                + name
                + "] matches an alias, specify the corresponding concrete indices instead.");
      }
    }
    for (Index index : indexes) {
      if (!index.mapping().made()) {
        throw Refused.illegal(
            "table ["
                + index.name()
                + "] was not made through OpenSearch's API: delete it through DynamoDB's");
      }
    }
    for (Index index : new LinkedHashSet<>(indexes)) {
      call.place().search().forget(call.place().tables().delete(index.name()));
    }
    return Answer.of(Map.of("acknowledged", true));
  }
}
