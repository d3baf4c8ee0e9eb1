package cloud.bevy.doors.aws;

import cloud.bevy.services.search.JsonTree;
import cloud.bevy.services.tables.JsonBuffers;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a request's JSON by its shape, in one pass.
final class ShapeReader {
  /// DynamoDB's limit for a request.
  static final int MAXIMUM_BYTES = 16 * 1024 * 1024;

  /// Objects and arrays within each other. Attributes that are too deep are refused in words of
  /// their own, as long as they are not much too deep.
  static final int MAXIMUM_DEPTH = 200;

  /// Numbers that are no strings are limits and capacities.
  private static final int MAXIMUM_NUMBER = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .recyclerPool(JsonBuffers.POOL)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAXIMUM_BYTES)
                  .maxStringLength(MAXIMUM_BYTES)
                  .maxNestingDepth(MAXIMUM_DEPTH)
                  .maxNumberLength(MAXIMUM_NUMBER)
                  .maxNameLength(MAXIMUM_BYTES)
                  .build())
          // Names come from strangers: none of them is kept.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final JsonParser json;
  private final ScalarReader scalars;
  private final AttributeReader attributes;

  private ShapeReader(JsonParser json) {
    this.json = json;
    scalars = new ScalarReader(json);
    attributes = new AttributeReader(json);
  }

  /// The parameters in `body`.
  ///
  /// @throws DynamoRefusal if it is not JSON, or not of the shape
  static Parameters read(byte[] body, Shape.Structure shape) {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw DynamoRefusal.serialization("");
      }
      Map<String, Object> members = new ShapeReader(json).structure(shape, "");
      if (json.nextToken() != null) {
        throw DynamoRefusal.serialization("");
      }
      return new Parameters(members);
    } catch (JsonProcessingException malformed) {
      throw DynamoRefusal.serialization("");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private @Nullable Object value(Shape shape, String scalar) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (shape) {
      case Shape.Structure structure -> structure(structure, scalar);
      case Shape.ListOf(Shape element) -> list(element);
      case Shape.MapOf(String type, Shape value) -> map(type, value);
      case Shape.Scalar.TEXT -> scalars.text();
      case Shape.Scalar.FLAG -> scalars.flag();
      case Shape.Scalar.WHOLE -> scalars.whole();
      case Shape.Scalar.ATTRIBUTES -> attributes.attributes();
      case Shape.Scalar.VALUE -> attributes.value();
      case Shape.Scalar.ANYTHING -> {
        json.skipChildren();
        yield true;
      }
      case Shape.Scalar.TREE -> {
        scalars.expectObject(scalar, "java.util.Map");
        yield JsonTree.object(json);
      }
    };
  }

  private Map<String, Object> structure(Shape.Structure shape, String scalar) throws IOException {
    scalars.expectObject(scalar, "class com.amazonaws.dynamodb.v20120810." + shape.type());
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      Shape.Member member = member(shape, name);
      if (member == null) {
        json.skipChildren();
      } else {
        Object value = value(member.shape(), "Unexpected field type");
        if (value != null) {
          members.put(name, value);
        }
      }
    }
    return members;
  }

  private static Shape.@Nullable Member member(Shape.Structure shape, String name) {
    for (Shape.Member member : shape.members()) {
      if (member.name().equals(name)) {
        return member;
      }
    }
    return null;
  }

  private List<Object> list(Shape element) throws IOException {
    scalars.expectArray();
    List<Object> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(element, "Unexpected value type in payload");
      if (value != null) {
        elements.add(value);
      }
    }
    return elements;
  }

  private Map<String, Object> map(String type, Shape element) throws IOException {
    scalars.expectObject("Unexpected field type", "java.util.Map<java.lang.String, " + type + ">");
    Map<String, Object> entries = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      scalars.checkText(name);
      json.nextToken();
      Object value = value(element, "Unexpected value type in payload");
      if (value != null) {
        entries.put(name, value);
      }
    }
    return entries;
  }
}
