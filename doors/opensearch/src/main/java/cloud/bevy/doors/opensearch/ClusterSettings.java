package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `GET /_cluster/settings`: none. `PUT` of any is refused, since none would be kept.
final class ClusterSettings implements Operation {
  @Override
  public Answer run(Call call) {
    for (Map.Entry<String, @Nullable Object> each : call.object().entrySet()) {
      if (!Json.map(each.getKey(), each.getValue()).isEmpty()) {
        throw Refused.illegal(
            each.getKey() + " setting " + each.getValue() + ", not recognized: there is none");
      }
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    if (call.method().equals("PUT")) {
      tree.put("acknowledged", true);
    }
    tree.put("persistent", Map.of());
    tree.put("transient", Map.of());
    return Answer.of(tree);
  }
}
