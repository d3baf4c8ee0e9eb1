package cloud.bevy.services.tables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Items as DynamoDB JSON, `{"id":{"S":"1"}}`: the form in which they are stored and answered.
public final class ItemJson {
  /// Names are those of strangers' attributes: none of them is kept for ever.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .recyclerPool(JsonBuffers.POOL)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(Item.MAXIMUM_NAME).build())
          .build();

  /// How much more bytes an item mostly has as JSON than as DynamoDB counts it.
  private static final int FRAME = 128;

  private ItemJson() {}

  /// The bytes of `item`.
  public static byte[] bytes(Item item) {
    try (ByteArrayBuilder out = new ByteArrayBuilder(item.size() + FRAME)) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        write(json, item);
      }
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// The item in `bytes`, which [#bytes(Item)] made.
  ///
  /// @throws IllegalStateException if they are something else
  public static Item item(byte[] bytes) {
    try (JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      return new Item(entries(json));
    } catch (IOException | InvalidRequest damaged) {
      throw new IllegalStateException("a stored item cannot be read", damaged);
    }
  }

  /// Writes the item as one JSON object.
  public static void write(JsonGenerator json, Item item) throws IOException {
    write(json, item.attributes());
  }

  /// Writes the attributes as one JSON object.
  public static void write(JsonGenerator json, Map<String, AttributeValue> attributes)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      json.writeFieldName(attribute.getKey());
      write(json, attribute.getValue());
    }
    json.writeEndObject();
  }

  /// Writes the value as a JSON object of one member, named for its type.
  public static void write(JsonGenerator json, AttributeValue value) throws IOException {
    json.writeStartObject();
    json.writeFieldName(value.type());
    switch (value) {
      case AttributeValue.S(String text) -> json.writeString(text);
      case AttributeValue.N(Decimal number) -> json.writeString(number.toString());
      case AttributeValue.B(Binary bytes) -> json.writeBinary(bytes.shared());
      case AttributeValue.Bool(boolean bool) -> json.writeBoolean(bool);
      case AttributeValue.Null() -> json.writeBoolean(true);
      case AttributeValue.SS(SequencedSet<String> texts) -> writeTexts(json, texts);
      case AttributeValue.NS(SequencedSet<Decimal> numbers) -> writeNumbers(json, numbers);
      case AttributeValue.BS(SequencedSet<Binary> binaries) -> writeBinaries(json, binaries);
      case AttributeValue.L(List<AttributeValue> elements) -> writeElements(json, elements);
      case AttributeValue.M(SequencedMap<String, AttributeValue> entries) -> write(json, entries);
    }
    json.writeEndObject();
  }

  private static void writeTexts(JsonGenerator json, SequencedSet<String> texts)
      throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void writeNumbers(JsonGenerator json, SequencedSet<Decimal> numbers)
      throws IOException {
    json.writeStartArray();
    for (Decimal number : numbers) {
      json.writeString(number.toString());
    }
    json.writeEndArray();
  }

  private static void writeBinaries(JsonGenerator json, SequencedSet<Binary> binaries)
      throws IOException {
    json.writeStartArray();
    for (Binary binary : binaries) {
      json.writeBinary(binary.shared());
    }
    json.writeEndArray();
  }

  private static void writeElements(JsonGenerator json, List<AttributeValue> elements)
      throws IOException {
    json.writeStartArray();
    for (AttributeValue element : elements) {
      write(json, element);
    }
    json.writeEndArray();
  }

  private static SequencedMap<String, AttributeValue> entries(JsonParser json) throws IOException {
    expect(json, JsonToken.START_OBJECT);
    SequencedMap<String, AttributeValue> entries = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      entries.put(name, value(json));
    }
    return entries;
  }

  private static AttributeValue value(JsonParser json) throws IOException {
    expect(json, JsonToken.START_OBJECT);
    String type = String.valueOf(json.nextFieldName());
    json.nextToken();
    AttributeValue value =
        switch (type) {
          case "S" -> new AttributeValue.S(json.getText());
          case "N" -> new AttributeValue.N(Decimal.parse(json.getText()));
          case "B" -> new AttributeValue.B(Binary.of(json.getBinaryValue()));
          case "BOOL" -> new AttributeValue.Bool(json.getBooleanValue());
          case "NULL" -> new AttributeValue.Null();
          case "M" -> new AttributeValue.M(entries(json));
          case "L" -> new AttributeValue.L(elements(json));
          case "SS", "NS", "BS" -> set(type, texts(json));
          default -> throw new IllegalStateException("a stored value is of type " + type);
        };
    json.nextToken();
    expect(json, JsonToken.END_OBJECT);
    return value;
  }

  private static List<AttributeValue> elements(JsonParser json) throws IOException {
    List<AttributeValue> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(json));
    }
    return elements;
  }

  private static List<String> texts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getText());
    }
    return texts;
  }

  private static AttributeValue set(String type, List<String> texts) {
    SequencedSet<Decimal> numbers = new LinkedHashSet<>();
    SequencedSet<Binary> binaries = new LinkedHashSet<>();
    if (type.equals("SS")) {
      return new AttributeValue.SS(new LinkedHashSet<>(texts));
    }
    if (type.equals("NS")) {
      texts.forEach(text -> numbers.add(Decimal.parse(text)));
      return new AttributeValue.NS(numbers);
    }
    texts.forEach(text -> binaries.add(Binary.of(Base64.getDecoder().decode(text))));
    return new AttributeValue.BS(binaries);
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.currentToken() != token) {
      throw new IOException("expected " + token + ", found " + json.currentToken());
    }
  }
}
