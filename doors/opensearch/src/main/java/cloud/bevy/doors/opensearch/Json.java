package cloud.bevy.doors.opensearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON of strangers as trees of maps, lists, strings, booleans and exact numbers, and trees as
/// JSON.
final class Json {
  /// As deep as items may be, and a level for what is around them.
  private static final int DEEPEST = 33;

  private static final int LONGEST_NUMBER = 400;
  private static final int LONGEST_STRING = 1 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(LONGEST_STRING)
                  .build())
          .build();

  private Json() {}

  /// The object that a piece of some bytes is; an empty one where there is nothing.
  static Map<String, @Nullable Object> object(byte[] bytes, int from, int length) {
    try (JsonParser json = JSON.createParser(bytes, from, length)) {
      JsonToken first = json.nextToken();
      if (first == null) {
        return new LinkedHashMap<>();
      }
      if (first != JsonToken.START_OBJECT) {
        throw Refused.parsing("Expected [START_OBJECT] but found [" + first + "]");
      }
      Map<String, @Nullable Object> object = object(json);
      if (json.nextToken() != null) {
        throw Refused.parsing("Unexpected content behind the end of the object");
      }
      return object;
    } catch (IOException wrong) {
      String message = String.valueOf(wrong.getMessage());
      int end = message.indexOf('\n');
      throw Refused.parsing("this is not JSON: " + (end < 0 ? message : message.substring(0, end)));
    }
  }

  static Map<String, @Nullable Object> object(byte[] bytes) {
    return object(bytes, 0, bytes.length);
  }

  private static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      object.put(name, value(json));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser json) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(json));
    }
    return array;
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(json.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /// The map that a value is.
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> map(String what, @Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return (Map<String, @Nullable Object>) value;
    }
    throw Refused.parsing("[" + what + "] must be an object");
  }

  /// The list that a value is.
  @SuppressWarnings("unchecked")
  static List<@Nullable Object> list(String what, @Nullable Object value) {
    if (value instanceof List<?>) {
      return (List<@Nullable Object>) value;
    }
    throw Refused.parsing("[" + what + "] must be an array");
  }

  /// A tree as JSON.
  static byte[] bytes(@Nullable Object tree, boolean pretty) {
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        if (pretty) {
          json.useDefaultPrettyPrinter();
        }
        write(json, tree);
      }
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException("JSON is written to memory", impossible);
    }
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean bool -> json.writeBoolean(bool);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Float number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case Iterable<?> list -> {
        json.writeStartArray();
        for (Object each : list) {
          write(json, each);
        }
        json.writeEndArray();
      }
      default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
    }
  }
}
