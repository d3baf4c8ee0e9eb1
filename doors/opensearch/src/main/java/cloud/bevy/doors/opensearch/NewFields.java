package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.FieldKind;
import cloud.bevy.services.search.SearchField;
import cloud.bevy.services.search.SearchRefusal;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes fields of what documents have that a mapping has not, as OpenSearch's dynamic mappings do.
final class NewFields {
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?(Z|[+-].{1,6})?)?");

  private static final int LONGEST_DATE = 40;

  private final Mapping mapping;
  private final SequencedMap<String, MappedField> found;

  private NewFields(Mapping mapping) {
    this.mapping = mapping;
    found = new LinkedHashMap<>(mapping.fields());
  }

  /// The mapping with the fields of a document; the same where it has them all, or takes no new
  /// ones.
  static Mapping of(Mapping mapping, Map<String, @Nullable Object> document) {
    if (mapping.dynamic().equals("false")) {
      return mapping;
    }
    NewFields fields = new NewFields(mapping);
    fields.object("", document);
    if (fields.found.size() == mapping.fields().size()) {
      return mapping;
    }
    Mapping next = new Mapping(mapping.dynamic(), mapping.made(), mapping.language(), fields.found);
    try {
      next.definition();
    } catch (SearchRefusal many) {
      throw Refused.illegal(many.getMessage());
    }
    return next;
  }

  private void object(String path, Map<?, ?> object) {
    object.forEach((name, value) -> value(path + name, value));
  }

  private void value(String name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Map<?, ?> inner -> object(name + ".", inner);
      case List<?> list -> list.forEach(each -> value(name, each));
      default -> {
        if (!found.containsKey(name) && canBeField(name)) {
          add(name, value);
        }
      }
    }
  }

  /// What cannot be the name of a field is kept and not looked for.
  private static boolean canBeField(String name) {
    try {
      return !SearchField.of(name, FieldKind.KEYWORD).name().isEmpty();
    } catch (SearchRefusal odd) {
      return false;
    }
  }

  private void add(String name, Object value) {
    if (mapping.dynamic().equals("strict")) {
      throw Refused.of(
          400,
          "strict_dynamic_mapping_exception",
          "mapping set to strict, dynamic introduction of ["
              + name
              + "] within [_doc] is not"
              + " allowed");
    }
    MappedField field =
        switch (value) {
          case Boolean _ -> MappedField.of("boolean");
          case BigDecimal number -> MappedField.of(number.scale() <= 0 ? "long" : "float");
          case String text when text.length() < LONGEST_DATE && DATE.matcher(text).matches() ->
              MappedField.of("date");
          default -> MappedField.textAndKeyword();
        };
    found.put(name, field);
  }
}
