package cloud.bevy.services.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// JSON as maps, lists, strings, longs and booleans: enough for what this module reads and writes.
final class Json {
  private static final int MAX_DEPTH = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  /// For what is read by others as well, whose limits hold.
  private static final JsonFactory WIDE =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /// Reads one object. Numbers with a fraction and nulls become strings.
  ///
  /// @throws IOException if it is not one object, saying where and why
  static SequencedMap<String, Object> object(byte[] bytes) throws IOException {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it must be one JSON object");
      }
      SequencedMap<String, Object> members = members(parser);
      if (parser.nextToken() != null) {
        throw new IOException("something stands after the JSON object");
      }
      return members;
    }
  }

  /// The string that an object has under a name, whatever else it has; nothing if it has none
  /// there, or two, or is no JSON.
  static Optional<String> member(byte[] bytes, String name) throws IOException {
    try (JsonParser parser = WIDE.createParser(bytes)) {
      Optional<String> found = Optional.empty();
      parser.nextToken();
      for (String each = parser.nextFieldName(); each != null; each = parser.nextFieldName()) {
        if (parser.nextToken() == JsonToken.VALUE_STRING && each.equals(name)) {
          found = Optional.of(parser.getText());
        }
        parser.skipChildren();
      }
      return found;
    } catch (JsonProcessingException malformed) {
      return Optional.empty();
    }
  }

  /// Writes maps, iterables, strings, numbers and booleans.
  static byte[] bytes(Map<String, ?> object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      write(generator, object);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static SequencedMap<String, Object> members(JsonParser parser) throws IOException {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      members.put(name, value(parser, parser.nextToken()));
    }
    return members;
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      default -> parser.getText();
    };
  }

  private static List<Object> elements(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      elements.add(value(parser, next));
    }
    return elements;
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> object -> {
        generator.writeStartObject();
        for (Map.Entry<?, ?> member : object.entrySet()) {
          generator.writeFieldName(String.valueOf(member.getKey()));
          write(generator, member.getValue());
        }
        generator.writeEndObject();
      }
      case Iterable<?> array -> {
        generator.writeStartArray();
        for (Object element : array) {
          write(generator, element);
        }
        generator.writeEndArray();
      }
      case Boolean flag -> generator.writeBoolean(flag);
      case Number number -> generator.writeNumber(number.longValue());
      default -> generator.writeString(String.valueOf(value));
    }
  }
}
