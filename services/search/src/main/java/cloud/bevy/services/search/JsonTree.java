package cloud.bevy.services.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the JSON of strangers into maps, lists, strings, booleans, `Long`s and `Double`s.
public final class JsonTree {
  /// The most bytes of a request.
  public static final int MOST_BYTES = 1 << 20;

  /// How deep objects and arrays may be within each other.
  static final int DEEPEST = 64;

  private static final int LONGEST_NUMBER = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(MOST_BYTES)
                  .build())
          .build();

  private JsonTree() {}

  /// The object that the bytes are; an empty one where there is nothing.
  ///
  /// @throws SearchRefusal if they are too many, or no JSON object
  public static Map<String, @Nullable Object> object(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw SearchRefusal.illegal(
          "a search has at most " + MOST_BYTES + " bytes, this one has " + bytes.length);
    }
    try (JsonParser json = JSON.createParser(bytes)) {
      JsonToken first = json.nextToken();
      if (first == null) {
        return new LinkedHashMap<>();
      }
      if (first != JsonToken.START_OBJECT) {
        throw SearchRefusal.parsing("Expected [START_OBJECT] but found [" + first + "]");
      }
      Map<String, @Nullable Object> object = object(json);
      if (json.nextToken() != null) {
        throw SearchRefusal.parsing("Unexpected content behind the end of the request");
      }
      return object;
    } catch (IOException wrong) {
      throw SearchRefusal.parsing("the request is not JSON: " + line(wrong));
    }
  }

  private static String line(IOException wrong) {
    String message = String.valueOf(wrong.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /// The object that has begun.
  ///
  /// @throws IOException if it is no JSON
  public static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
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
      case VALUE_NUMBER_INT -> integer(json);
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Object integer(JsonParser json) throws IOException {
    return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? (Object) json.getDoubleValue()
        : (Object) json.getLongValue();
  }
}
