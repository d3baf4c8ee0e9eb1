package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.WireAttributes.WireValue;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Binary;
import cloud.bevy.services.tables.Decimal;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Item;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads attribute values of requests: `{"S":"…"}`. JSON of another form is refused at once; a
/// value that breaks a rule is noted in the [WireValue].
final class AttributeReader {
  /// How deep lists and maps may lie within each other.
  static final int MAXIMUM_DEPTH = 32;

  private static final String MODEL = "com.amazonaws.dynamodb.v20120810.";
  private static final String INVALID = "One or more parameter values were invalid: ";

  private final JsonParser json;
  private final ScalarReader scalars;

  AttributeReader(JsonParser json) {
    this.json = json;
    scalars = new ScalarReader(json);
  }

  /// Reads attributes by name, at the token that begins them.
  WireAttributes attributes() throws IOException {
    return attributes(0);
  }

  /// Reads one value, at the token that begins it.
  WireValue value() throws IOException {
    return value(0);
  }

  private WireAttributes attributes(int depth) throws IOException {
    scalars.expectObject(
        "Unexpected field type", "java.util.Map<java.lang.String, " + MODEL + "AttributeValue>");
    WireAttributes attributes = new WireAttributes();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      scalars.checkText(name);
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        WireValue value = value(depth);
        String problem = problem(name, depth);
        attributes.put(name, problem == null ? value : WireValue.wrong(problem));
      }
    }
    return attributes;
  }

  /// What is wrong with the name of an attribute, or with that of an entry of a map within one.
  private static @Nullable String problem(String name, int depth) {
    if (name.isEmpty() && depth == 0) {
      return INVALID + "Empty attribute name";
    }
    try {
      Item.checkName(name);
      return null;
    } catch (InvalidRequest tooLong) {
      return tooLong.getMessage();
    }
  }

  private WireValue value(int depth) throws IOException {
    scalars.expectObject("Unexpected value type in payload", "class " + MODEL + "AttributeValue");
    List<WireValue> values = new ArrayList<>(1);
    for (String type = json.nextFieldName(); type != null; type = json.nextFieldName()) {
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        WireValue value = value(type, depth);
        if (value != null) {
          values.add(value);
        }
      }
    }
    for (WireValue value : values) {
      if (value.problem() != null) {
        return value;
      }
    }
    return switch (values.size()) {
      case 0 ->
          WireValue.wrong(
              "Supplied AttributeValue is empty, must contain exactly one of the supported"
                  + " datatypes");
      case 1 -> values.getFirst();
      default ->
          WireValue.wrong(
              "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
                  + " the supported datatypes");
    };
  }

  /// Reads a value of one type; null, and nothing is read, where there is no such type.
  private @Nullable WireValue value(String type, int depth) throws IOException {
    return switch (type) {
      case "S" -> WireValue.of(new AttributeValue.S(scalars.text()));
      case "N" -> number(scalars.text());
      case "B" -> WireValue.of(new AttributeValue.B(Binary.of(scalars.bytes())));
      case "BOOL" -> WireValue.of(new AttributeValue.Bool(scalars.flag()));
      case "NULL" ->
          scalars.flag()
              ? WireValue.of(new AttributeValue.Null())
              : WireValue.wrong(INVALID + "Null attribute value types must have the value of true");
      case "SS" -> strings(list(scalars::text));
      case "NS" -> numbers(list(scalars::text));
      case "BS" -> binaries(list(() -> Binary.of(scalars.bytes())));
      case "L" -> depth >= MAXIMUM_DEPTH ? tooDeep() : list(depth + 1);
      case "M" -> depth >= MAXIMUM_DEPTH ? tooDeep() : map(depth + 1);
      default -> {
        json.skipChildren();
        yield null;
      }
    };
  }

  private WireValue tooDeep() throws IOException {
    json.skipChildren();
    return WireValue.wrong(
        "Nesting Levels have exceeded supported limits: Attributes are nested more than "
            + MAXIMUM_DEPTH
            + " levels deep");
  }

  private WireValue list(int depth) throws IOException {
    List<AttributeValue> elements = new ArrayList<>();
    String problem = null;
    for (WireValue element : list(() -> value(depth))) {
      elements.add(element.value());
      problem = problem == null ? element.problem() : problem;
    }
    return new WireValue(new AttributeValue.L(elements), problem);
  }

  private WireValue map(int depth) throws IOException {
    WireAttributes entries = attributes(depth);
    String problem = entries.problem();
    return problem == null
        ? WireValue.of(new AttributeValue.M(entries.checked()))
        : WireValue.wrong(problem);
  }

  private interface Element<T> {
    T read() throws IOException;
  }

  private <T> List<T> list(Element<T> element) throws IOException {
    scalars.expectArray();
    List<T> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.read());
    }
    return elements;
  }

  private static WireValue number(String text) {
    try {
      return WireValue.of(new AttributeValue.N(Decimal.parse(text)));
    } catch (InvalidRequest invalid) {
      return WireValue.wrong(invalid.getMessage());
    }
  }

  static WireValue strings(List<String> texts) {
    if (texts.isEmpty()) {
      return WireValue.wrong(INVALID + "An string set  may not be empty");
    }
    return set(
        texts,
        AttributeValue.SS::new,
        INVALID + "Input collection " + texts + " contains duplicates.");
  }

  static WireValue numbers(List<String> texts) {
    if (texts.isEmpty()) {
      return WireValue.wrong(INVALID + "An number set  may not be empty");
    }
    try {
      List<Decimal> numbers = texts.stream().map(Decimal::parse).toList();
      return set(numbers, AttributeValue.NS::new, "Input collection contains duplicates");
    } catch (InvalidRequest invalid) {
      return WireValue.wrong(invalid.getMessage());
    }
  }

  static WireValue binaries(List<Binary> binaries) {
    if (binaries.isEmpty()) {
      return WireValue.wrong(INVALID + "Binary sets should not be empty");
    }
    return set(
        binaries,
        AttributeValue.BS::new,
        INVALID + "Input collection " + binaries + "of type BS contains duplicates.");
  }

  private static <T> WireValue set(
      List<T> values, Function<SequencedSet<T>, AttributeValue> make, String duplicates) {
    SequencedSet<T> set = new LinkedHashSet<>(values);
    return set.size() == values.size()
        ? WireValue.of(make.apply(set))
        : WireValue.wrong(duplicates);
  }
}
