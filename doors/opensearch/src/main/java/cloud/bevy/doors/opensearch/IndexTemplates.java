package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.SearchNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The templates of a cloud: how indexes will be whose names fit a pattern, and how indexes are
/// made with them.
final class IndexTemplates {
  private final Place place;
  private final SearchNames names;

  IndexTemplates(Place place) {
    this.place = place;
    names = place.search().names();
  }

  /// Templates whose names fit a pattern, by name.
  SequencedMap<String, Map<String, @Nullable Object>> matching(String pattern) {
    SequencedMap<String, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
    names
        .templates()
        .forEach((name, json) -> {
          if (Place.matches(pattern, name)) {
            found.put(name, Json.object(json));
          }
        });
    return found;
  }

  /// Keeps a template.
  void put(String name, Map<String, @Nullable Object> template, boolean create) {
    check(template);
    if (create && !matching(name).isEmpty()) {
      throw Refused.illegal("index template [" + name + "] already exists");
    }
    names.putTemplate(name, Json.bytes(template, false));
  }

  void remove(String name) {
    names.removeTemplate(name);
  }

  private static void check(Map<String, @Nullable Object> template) {
    for (Map.Entry<String, @Nullable Object> each : template.entrySet()) {
      switch (each.getKey()) {
        case "index_patterns", "template", "version", "_meta" -> {}
        case "priority" -> {
          if (!(each.getValue() instanceof BigDecimal)) {
            throw Refused.parsing("[priority] must be a number");
          }
        }
        case "composed_of" -> {
          if (!Json.list("composed_of", each.getValue()).isEmpty()) {
            throw Refused.illegal("there are no component templates: write out what they say");
          }
        }
        default -> throw Refused.parsing("[index_template] unknown field [" + each.getKey() + "]");
      }
    }
    if (patterns(template).isEmpty()) {
      throw Refused.illegal("Validation Failed: 1: index patterns are missing;");
    }
    Map<String, @Nullable Object> body = body(template);
    mapping(body, Mapping.EMPTY);
    for (String member : body.keySet()) {
      if (!List.of("mappings", "settings", "aliases").contains(member)) {
        throw Refused.parsing("[template] unknown field [" + member + "]");
      }
    }
    aliases(body).values().forEach(what -> UpdateAliases.checkMembers(Json.map("aliases", what)));
  }

  private static List<String> patterns(Map<String, @Nullable Object> template) {
    Object patterns = template.getOrDefault("index_patterns", List.of());
    return patterns instanceof String one
        ? List.of(one)
        : Json.list("index_patterns", patterns).stream().map(String::valueOf).toList();
  }

  private static Map<String, @Nullable Object> body(Map<String, @Nullable Object> template) {
    return Json.map("template", template.getOrDefault("template", Map.of()));
  }

  private static Mapping mapping(Map<String, @Nullable Object> body, Mapping before) {
    Object given = body.get("mappings");
    return given == null ? before : before.with(Json.map("mappings", given));
  }

  private static Map<String, @Nullable Object> aliases(Map<String, @Nullable Object> body) {
    return Json.map("aliases", body.getOrDefault("aliases", Map.of()));
  }

  /// The template that is for an index: of those whose patterns fit, that of the highest priority.
  private Optional<Map<String, @Nullable Object>> of(String index) {
    Map<String, @Nullable Object> best = null;
    for (Map<String, @Nullable Object> each : matching("*").values()) {
      boolean fits = patterns(each).stream().anyMatch(one -> Place.matches(one, index));
      if (fits && (best == null || priority(each).compareTo(priority(best)) > 0)) {
        best = each;
      }
    }
    return Optional.ofNullable(best);
  }

  private static BigDecimal priority(Map<String, @Nullable Object> template) {
    return template.get("priority") instanceof BigDecimal number ? number : BigDecimal.ZERO;
  }

  /// Makes an index.
  ///
  /// @param body what a request says of it, of which nothing else is in a template
  Index create(String name, Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> template =
        of(name).map(IndexTemplates::body).orElse(new LinkedHashMap<>());
    Mapping mapping = mapping(body, mapping(template, Mapping.EMPTY));
    Map<String, @Nullable Object> all = new LinkedHashMap<>(aliases(template));
    all.putAll(aliases(body));
    all.values().forEach(what -> UpdateAliases.checkMembers(Json.map("aliases", what)));
    Index index = place.create(name, mapping);
    List<Aliases.Action> actions = new ArrayList<>();
    all.forEach((alias, what) -> {
      boolean writes = Boolean.TRUE.equals(Json.map("aliases", what).get("is_write_index"));
      actions.add(new Aliases.Action(index, alias, true, writes));
    });
    if (!actions.isEmpty()) {
      place.aliases().change(actions);
    }
    return index;
  }
}
