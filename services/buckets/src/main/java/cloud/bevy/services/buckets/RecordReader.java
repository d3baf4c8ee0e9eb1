package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a stored JSON object. What a later version has added is left alone; what is
/// missing or of another type is damage.
final class RecordReader {
  /// The version that this program writes and reads.
  static final long VERSION = 1;

  private final Map<?, ?> fields;

  private RecordReader(Map<?, ?> fields) {
    this.fields = fields;
  }

  /// Reads an object that begins with its version.
  ///
  /// @throws BucketFault if it is no such object, or of a version that this program does not know
  static RecordReader versioned(String json) {
    RecordReader reader = new RecordReader(JsonText.read(json));
    if (reader.number("version") != VERSION) {
      throw new BucketFault("it is of version " + reader.number("version"));
    }
    return reader;
  }

  /// Whether there is such a field.
  boolean has(String name) {
    return fields.containsKey(name);
  }

  long number(String name) {
    return field(name, Long.class);
  }

  String text(String name) {
    return field(name, String.class);
  }

  boolean truth(String name) {
    return field(name, Boolean.class);
  }

  Instant moment(String name) {
    return Instant.ofEpochMilli(number(name));
  }

  Optional<String> optionalText(String name) {
    return fields.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  Optional<Long> optionalNumber(String name) {
    return fields.containsKey(name) ? Optional.of(number(name)) : Optional.empty();
  }

  Optional<Boolean> optionalTruth(String name) {
    return fields.containsKey(name) ? Optional.of(truth(name)) : Optional.empty();
  }

  Optional<RecordReader> optionalObject(String name) {
    return fields.containsKey(name) ? Optional.of(object(name)) : Optional.empty();
  }

  RecordReader object(String name) {
    return new RecordReader(field(name, Map.class));
  }

  List<RecordReader> objects(String name) {
    if (!fields.containsKey(name)) {
      return List.of();
    }
    List<?> list = field(name, List.class);
    return list.stream().map(item -> new RecordReader(cast(name, item, Map.class))).toList();
  }

  List<String> list(String name) {
    List<?> list = field(name, List.class);
    return list.stream().map(item -> cast(name, item, String.class)).toList();
  }

  SortedMap<String, String> texts(String name) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (fields.containsKey(name)) {
      RecordReader inner = object(name);
      inner.fields.forEach((key, value) -> texts.put((String) key, inner.text((String) key)));
    }
    return texts;
  }

  private <T> T field(String name, Class<T> type) {
    return cast(name, fields.get(name), type);
  }

  private static <T> T cast(String name, @Nullable Object value, Class<T> type) {
    if (value == null || !type.isInstance(value)) {
      throw new BucketFault("its \"" + name + "\" is missing or of another type");
    }
    return type.cast(value);
  }
}
