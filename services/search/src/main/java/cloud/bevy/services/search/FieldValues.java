package cloud.bevy.services.search;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Binary;
import cloud.bevy.services.tables.Decimal;
import cloud.bevy.services.tables.Item;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The values that an item has for a field. What does not fit the field's kind is none: an item
/// whose attribute is a string today and a number tomorrow is found by what fits.
final class FieldValues {
  private FieldValues() {}

  /// The single values at a name: lists and sets are looked into, wherever they are on the way.
  static List<AttributeValue> at(Item item, String name) {
    List<AttributeValue> found = new ArrayList<>();
    collect(item.attributes(), name, found);
    return found;
  }

  private static void collect(
      Map<String, AttributeValue> attributes, String name, List<AttributeValue> found) {
    AttributeValue whole = attributes.get(name);
    if (whole != null) {
      flatten(whole, found);
      return;
    }
    for (int point = name.indexOf('.'); point > 0; point = name.indexOf('.', point + 1)) {
      AttributeValue outer = attributes.get(name.substring(0, point));
      if (outer != null) {
        within(outer, name.substring(point + 1), found);
        return;
      }
    }
  }

  private static void within(AttributeValue outer, String name, List<AttributeValue> found) {
    switch (outer) {
      case AttributeValue.M(var values) -> collect(values, name, found);
      case AttributeValue.L(var elements) ->
          elements.forEach(element -> within(element, name, found));
      default -> {}
    }
  }

  private static void flatten(AttributeValue value, List<AttributeValue> found) {
    switch (value) {
      case AttributeValue.L(var elements) -> elements.forEach(element -> flatten(element, found));
      case AttributeValue.SS(var texts) ->
          texts.forEach(text -> found.add(new AttributeValue.S(text)));
      case AttributeValue.NS(var numbers) ->
          numbers.forEach(number -> found.add(new AttributeValue.N(number)));
      case AttributeValue.S _, AttributeValue.N _, AttributeValue.Bool _ -> found.add(value);
      case AttributeValue.B _, AttributeValue.BS _, AttributeValue.M _, AttributeValue.Null _ -> {}
    }
  }

  /// A value as a string; null for none.
  static String text(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> text;
      case AttributeValue.N(Decimal number) -> number.toString();
      case AttributeValue.Bool(boolean bool) -> Boolean.toString(bool);
      default -> "";
    };
  }

  static OptionalDouble number(AttributeValue value) {
    return switch (value) {
      case AttributeValue.N(Decimal number) -> OptionalDouble.of(number.value().doubleValue());
      case AttributeValue.S(String text) -> number(text);
      default -> OptionalDouble.empty();
    };
  }

  /// A number as it is written, if it is one.
  static OptionalDouble number(String text) {
    try {
      return text.length() <= 64 && !text.isEmpty()
          ? OptionalDouble.of(new BigDecimal(text.strip()).doubleValue())
          : OptionalDouble.empty();
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }

  static OptionalLong moment(AttributeValue value) {
    return switch (value) {
      case AttributeValue.N(Decimal number) -> millis(number.value());
      case AttributeValue.S(String text) -> moment(text);
      default -> OptionalLong.empty();
    };
  }

  /// A moment as it is written: milliseconds since 1970, a date, a date with a time, in UTC where
  /// nothing else is said.
  static OptionalLong moment(String text) {
    if (text.length() > 64) {
      return OptionalLong.empty();
    }
    if (text.matches("-?[0-9]{5,18}")) {
      return OptionalLong.of(Long.parseLong(text));
    }
    return instant(text).map(at -> OptionalLong.of(at.toEpochMilli())).orElse(OptionalLong.empty());
  }

  private static Optional<Instant> instant(String text) {
    try {
      if (!text.contains("T")) {
        return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      boolean zoned = text.matches(".*T.*([Zz]|[+-][0-9:]+)");
      return Optional.of(
          zoned
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static OptionalLong millis(BigDecimal number) {
    return number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(number.longValue());
  }

  /// The vector of an item: a list of numbers, or the bytes of floats, little-endian. Null where it
  /// has none of that many dimensions, or one without a direction.
  static float @Nullable [] vector(Item item, SearchField field) {
    float[] vector = raw(item, field);
    if (vector == null || vector.length != field.dimensions()) {
      return null;
    }
    double square = 0;
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        return null;
      }
      square += (double) value * value;
    }
    return square == 0 && field.space() == SearchField.Space.COSINE ? null : vector;
  }

  private static float @Nullable [] raw(Item item, SearchField field) {
    AttributeValue value = single(item.attributes(), field.name());
    if (value instanceof AttributeValue.B(Binary bytes)) {
      return floats(bytes.bytes());
    }
    if (!(value instanceof AttributeValue.L(var elements))
        || elements.size() != field.dimensions()) {
      return null;
    }
    float[] vector = new float[elements.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!(elements.get(i) instanceof AttributeValue.N(Decimal number))) {
        return null;
      }
      vector[i] = number.value().floatValue();
    }
    return vector;
  }

  private static @Nullable AttributeValue single(
      Map<String, AttributeValue> attributes, String name) {
    AttributeValue whole = attributes.get(name);
    int point = name.indexOf('.');
    if (whole != null || point < 0) {
      return whole;
    }
    return attributes.get(name.substring(0, point)) instanceof AttributeValue.M(var values)
        ? single(values, name.substring(point + 1))
        : null;
  }

  private static float @Nullable [] floats(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      return null;
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
