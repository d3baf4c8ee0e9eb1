package cloud.bevy.doors.aws;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;

/// Reads strings, numbers, flags and bytes of requests at the parser's current token, and refuses
/// what is none in the words of AWS's own deserialiser.
final class ScalarReader {
  private final JsonParser json;

  ScalarReader(JsonParser json) {
    this.json = json;
  }

  /// A string.
  String text() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw unconvertible("String", "java.lang.String");
    }
    String text = json.getText();
    checkText(text);
    return text;
  }

  /// Refuses a string that is not Unicode: half a surrogate pair cannot be stored as UTF-8.
  void checkText(String text) {
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (Character.isSurrogate(character)) {
        boolean pair =
            at + 1 < text.length() && Character.isSurrogatePair(character, text.charAt(at + 1));
        if (!pair) {
          throw DynamoRefusal.serialization("Invalid UTF-16 surrogate in a string");
        }
        at++;
      }
    }
  }

  /// True or false, which may be in quotes.
  boolean flag() throws IOException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING ->
          switch (json.getText().toUpperCase(Locale.ROOT)) {
            case "TRUE", "YES", "1" -> true;
            case "FALSE", "NO", "0" -> false;
            default -> throw DynamoRefusal.serialization("Unexpected token received from parser");
          };
      case null, default -> throw unconvertible("Boolean", "java.lang.Boolean");
    };
  }

  /// A whole number; a fraction is cut off.
  long whole() throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw unconvertible("Integer", "java.lang.Integer");
    }
    double value = json.getDoubleValue();
    return (long) Math.floor(value);
  }

  /// Bytes in base64.
  byte[] bytes() throws IOException {
    JsonToken token = json.currentToken();
    if (token.isBoolean() || token.isNumeric()) {
      throw DynamoRefusal.serialization("only base-64-encoded strings are convertible to bytes");
    }
    if (token != JsonToken.VALUE_STRING) {
      throw unconvertible("Blob", "java.nio.ByteBuffer");
    }
    String text = json.getText();
    if (text.length() % 4 != 0) {
      throw DynamoRefusal.serialization(
          "Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw DynamoRefusal.serialization("Invalid last non-pad Base64 character dectected");
    }
  }

  /// Refuses all but the beginning of an object.
  void expectObject(String scalar, String collectionType) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_ARRAY) {
      throw DynamoRefusal.serialization("Unrecognized collection type " + collectionType);
    }
    if (token != JsonToken.START_OBJECT) {
      throw DynamoRefusal.serialization(scalar);
    }
  }

  /// Refuses all but the beginning of an array.
  void expectArray() {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      throw startOfStructure();
    }
    if (token != JsonToken.START_ARRAY) {
      throw DynamoRefusal.serialization("Unexpected field type");
    }
  }

  private DynamoRefusal unconvertible(String type, String javaType) throws IOException {
    return switch (json.currentToken()) {
      case START_ARRAY ->
          DynamoRefusal.serialization("Unrecognized collection type class " + javaType);
      case START_OBJECT -> startOfStructure();
      case VALUE_TRUE -> DynamoRefusal.serialization("TRUE_VALUE cannot be converted to " + type);
      case VALUE_FALSE -> DynamoRefusal.serialization("FALSE_VALUE cannot be converted to " + type);
      case VALUE_NUMBER_INT ->
          DynamoRefusal.serialization("NUMBER_VALUE cannot be converted to " + type);
      case VALUE_NUMBER_FLOAT ->
          DynamoRefusal.serialization("DECIMAL_VALUE cannot be converted to " + type);
      case VALUE_STRING ->
          DynamoRefusal.serialization("STRING_VALUE cannot be converted to " + type);
      case null, default -> DynamoRefusal.serialization("Unexpected token received from parser");
    };
  }

  private static DynamoRefusal startOfStructure() {
    return DynamoRefusal.serialization("Start of structure or map found where not expected");
  }
}
