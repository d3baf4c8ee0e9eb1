package cloud.bevy.services.search;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.StoredItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of the items is answered: `_source` of a search.
public final class SourceFilter {
  private final boolean any;
  private final List<String> includes;
  private final List<String> excludes;

  private SourceFilter(boolean any, List<String> includes, List<String> excludes) {
    this.any = any;
    this.includes = includes;
    this.excludes = excludes;
  }

  /// Reads it.
  ///
  /// @throws SearchRefusal if it cannot be understood
  public static SourceFilter read(@Nullable Object source) {
    return switch (source) {
      case null -> new SourceFilter(true, List.of(), List.of());
      case Boolean bool -> new SourceFilter(bool, List.of(), List.of());
      case Map<?, ?> _ -> {
        Part part = Part.of("_source", source);
        List<String> includes = names(part.some(part.has("include") ? "include" : "includes"));
        List<String> excludes = names(part.some(part.has("exclude") ? "exclude" : "excludes"));
        part.end();
        yield new SourceFilter(true, includes, excludes);
      }
      case List<?> _ -> new SourceFilter(true, names(Part.list("_source", source)), List.of());
      default -> new SourceFilter(true, names(List.of(source)), List.of());
    };
  }

  private static List<String> names(List<@Nullable Object> given) {
    List<String> names = new ArrayList<>();
    for (Object each : given) {
      if (!(each instanceof String name) || name.length() > SearchField.LONGEST_NAME) {
        throw SearchRefusal.parsing("[_source] must list names");
      }
      names.add(name);
    }
    return names;
  }

  /// What of a tree is wanted; null for nothing.
  public @Nullable Map<String, @Nullable Object> of(Map<String, @Nullable Object> tree) {
    if (!any) {
      return null;
    }
    return includes.isEmpty() && excludes.isEmpty() ? tree : some("", tree);
  }

  /// An item without those attributes that are only for who names them.
  StoredItem shown(StoredItem item, Set<String> shy) {
    List<String> left =
        shy.stream()
            .filter(name -> includes.stream().noneMatch(pattern -> matches(pattern, name)))
            .toList();
    if (left.isEmpty()) {
      return item;
    }
    SequencedMap<String, AttributeValue> shown = new LinkedHashMap<>(item.item().attributes());
    left.forEach(shown::remove);
    return StoredItem.of(new Item(shown));
  }

  private Map<String, @Nullable Object> some(String path, Map<String, @Nullable Object> tree) {
    Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
    tree.forEach((name, value) -> {
      String full = path.isEmpty() ? name : path + "." + name;
      if (excludes.stream().anyMatch(pattern -> matches(pattern, full))) {
        return;
      }
      boolean whole = includes.isEmpty() || includes.stream().anyMatch(p -> matches(p, full));
      if (value instanceof Map<?, ?> && (!whole || !excludes.isEmpty())) {
        Map<String, @Nullable Object> inner =
            (whole ? new SourceFilter(true, List.of(), excludes) : this)
                .some(full, Part.map(name, value));
        if (whole || !inner.isEmpty()) {
          wanted.put(name, inner);
        }
      } else if (whole) {
        wanted.put(name, value);
      }
    });
    return wanted;
  }

  /// Whether a name is that of a pattern, in which a star stands for anything.
  static boolean matches(String pattern, String name) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(name);
    }
    String begin = pattern.substring(0, star);
    String end = pattern.substring(star + 1).replace("*", "");
    return name.length() >= begin.length() + end.length()
        && name.startsWith(begin)
        && name.endsWith(end);
  }
}
