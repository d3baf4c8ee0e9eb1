package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// `GET /_index_template`, `/_index_template/{name}`.
final class GetIndexTemplate implements Operation {
  @Override
  public Answer run(Call call) {
    String pattern = call.given(Route.NAME).orElse("*");
    SequencedMap<String, Map<String, @Nullable Object>> found =
        new IndexTemplates(call.place()).matching(pattern);
    if (found.isEmpty() && !pattern.contains("*")) {
      throw missing(pattern);
    }
    List<Object> all = new ArrayList<>();
    found.forEach((name, template) -> {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", name);
      one.put("index_template", template);
      all.add(one);
    });
    return Answer.of(Map.of("index_templates", all));
  }

  static Refused missing(String name) {
    return Refused.of(
        Answer.NOT_FOUND,
        "resource_not_found_exception",
        "index template matching [" + name + "] not found");
  }
}
