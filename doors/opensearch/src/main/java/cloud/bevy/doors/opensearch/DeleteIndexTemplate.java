package cloud.bevy.doors.opensearch;

import java.util.Map;
import java.util.Set;

/// `DELETE /_index_template/{name}`.
final class DeleteIndexTemplate implements Operation {
  @Override
  public Answer run(Call call) {
    String pattern = call.name(Route.NAME);
    IndexTemplates templates = new IndexTemplates(call.place());
    Set<String> found = templates.matching(pattern).keySet();
    if (found.isEmpty() && !pattern.contains("*")) {
      throw GetIndexTemplate.missing(pattern);
    }
    found.forEach(templates::remove);
    return Answer.of(Map.of("acknowledged", true));
  }
}
