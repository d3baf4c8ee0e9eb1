package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cat/aliases`, `/_cat/aliases/{name}`.
final class CatAliases implements Operation {
  @Override
  public Answer run(Call call) {
    List<Map<String, String>> rows = new ArrayList<>();
    call.place()
        .aliases()
        .matching(call.given(Route.NAME).orElse("*"))
        .forEach((alias, indexes) -> {
          for (Aliases.Named named : indexes) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("alias", alias);
            row.put("index", named.index().name());
            row.put("filter", "-");
            row.put("routing.index", "-");
            row.put("routing.search", "-");
            row.put("is_write_index", named.writes() ? "true" : "-");
            rows.add(row);
          }
        });
    return Cat.of(call, rows);
  }
}
