package cloud.bevy.services.search;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What of the fields of hits is shown one by one, all values of each: `fields` and
/// `docvalue_fields` of a search. They are those of the item.
final class ShownFields {
  private static final int MOST = 100;
  private static final String MILLIS = "epoch_millis";

  private final List<Wanted> wanted = new ArrayList<>();

  /// @param format how dates are written; empty for as they are in the item
  private record Wanted(String pattern, String format) {}

  private ShownFields() {}

  /// Reads both.
  ///
  /// @throws SearchRefusal if they cannot be understood, or are too many
  static ShownFields read(Part body) {
    ShownFields fields = new ShownFields();
    body.some("docvalue_fields").forEach(each -> fields.add(each, "date_time"));
    body.some("fields").forEach(each -> fields.add(each, ""));
    if (fields.wanted.size() > MOST) {
      throw SearchRefusal.illegal(
          "Trying to retrieve too many docvalue_fields. Must be less than or equal to: ["
              + MOST
              + "] but was ["
              + fields.wanted.size()
              + "].");
    }
    return fields;
  }

  private void add(@Nullable Object given, String format) {
    if (given instanceof String name) {
      wanted.add(new Wanted(name, format));
      return;
    }
    Part part = Part.of("fields", given);
    wanted.add(new Wanted(part.text("field"), part.text("format", format)));
    part.ignore("include_unmapped");
    part.end();
  }

  /// The fields of an item, by name.
  Map<String, List<Object>> of(SearchDefinition definition, Map<String, @Nullable Object> item) {
    Map<String, List<Object>> shown = new LinkedHashMap<>();
    if (!wanted.isEmpty()) {
      Map<String, List<Object>> values = new LinkedHashMap<>();
      item.forEach((name, value) -> collect(name, value, values));
      wanted.forEach(each ->
          values.forEach((name, all) -> {
            definition
                .whole(name)
                .or(() -> definition.worded(name))
                .filter(_ -> SourceFilter.matches(each.pattern(), name))
                .ifPresent(field -> shown.put(name, shown(field, all, each.format())));
          }));
    }
    return shown;
  }

  private static void collect(
      String name, @Nullable Object value, Map<String, List<Object>> values) {
    switch (value) {
      case null -> {}
      case Map<?, ?> map ->
          map.forEach((member, each) -> collect(name + "." + member, each, values));
      case List<?> list -> list.forEach(each -> collect(name, each, values));
      default -> values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
  }

  private static List<Object> shown(SearchField field, List<Object> values, String format) {
    boolean dated = field.kind() == FieldKind.DATE && !format.isEmpty();
    return dated ? values.stream().map(value -> dated(value, format)).toList() : values;
  }

  private static Object dated(Object value, String format) {
    OptionalLong moment = FieldValues.moment(value.toString());
    if (moment.isEmpty()) {
      return value;
    }
    return format.equals(MILLIS)
        ? Long.toString(moment.getAsLong())
        : Moments.shown(moment.getAsLong(), ZoneOffset.UTC);
  }
}
