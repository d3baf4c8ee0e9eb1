package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cat/templates`, `/_cat/templates/{name}`.
final class CatTemplates implements Operation {
  @Override
  public Answer run(Call call) {
    List<Map<String, String>> rows = new ArrayList<>();
    new IndexTemplates(call.place())
        .matching(call.given(Route.NAME).orElse("*"))
        .forEach((name, template) -> {
          Map<String, String> row = new LinkedHashMap<>();
          row.put("name", name);
          row.put("index_patterns", String.valueOf(template.get("index_patterns")));
          row.put("order", String.valueOf(template.getOrDefault("priority", 0)));
          row.put("version", String.valueOf(template.getOrDefault("version", "")));
          row.put("composed_of", "[]");
          rows.add(row);
        });
    return Cat.of(call, rows);
  }
}
