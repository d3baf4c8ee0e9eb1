package cloud.bevy.hyper.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value that says itself of what kind it is: compact-encoding's `any`.
public sealed interface Any {
  /// The most values that may lie inside one another.
  int DEEPEST = 64;

  /// `null`.
  record Nothing() implements Any {}

  /// True or false.
  record Truth(boolean value) implements Any {}

  /// A text.
  record Words(String value) implements Any {}

  /// Bytes.
  record Bytes(byte[] value) implements Any {}

  /// A whole number of at most 53 bits.
  record Whole(long value) implements Any {}

  /// A number that need not be whole.
  record Real(double value) implements Any {}

  /// Values in a row.
  record Items(List<Any> values) implements Any {
    /// Copies the list.
    public Items {
      values = List.copyOf(values);
    }
  }

  /// Values by name, in order.
  record Fields(Map<String, Any> values) implements Any {
    /// Copies the map.
    public Fields {
      values = new LinkedHashMap<>(values);
    }
  }

  /// Milliseconds since 1970.
  record Moment(long milliseconds) implements Any {}

  /// Writes a value.
  static void write(Encoder encoder, Any any) {
    switch (any) {
      case Nothing() -> encoder.uint(0);
      case Truth(boolean value) -> encoder.uint(1).bool(value);
      case Words(String value) -> encoder.uint(2).string(value);
      case Bytes(byte[] value) -> encoder.uint(3).buffer(value);
      case Whole(long value) when value >= 0 -> encoder.uint(4).uint(value);
      case Whole(long value) -> encoder.uint(5).integer(value);
      case Real(double value) -> encoder.uint(6).float64(value);
      case Items(List<Any> values) -> encoder.uint(7).array(values, Any::write);
      case Fields(Map<String, Any> values) -> {
        encoder.uint(8).uint(values.size());
        values.forEach((key, value) -> write(encoder.string(key), value));
      }
      case Moment(long milliseconds) -> encoder.uint(9).date(milliseconds);
    }
  }

  /// Reads a value.
  ///
  /// @throws MalformedException also where values lie deeper than [#DEEPEST] inside one another
  static Any read(Decoder decoder) throws MalformedException {
    return read(decoder, 0);
  }

  private static Any read(Decoder decoder, int depth) throws MalformedException {
    if (depth > DEEPEST) {
      throw new MalformedException("values lie too deep inside one another");
    }
    int kind = decoder.uintUpTo(9);
    return switch (kind) {
      case 0 -> new Nothing();
      case 1 -> new Truth(decoder.bool());
      case 2 -> new Words(decoder.string());
      case 3 -> new Bytes(decoder.buffer());
      case 4 -> new Whole(decoder.uint());
      case 5 -> new Whole(decoder.integer());
      case 6 -> new Real(decoder.float64());
      case 7 -> new Items(items(decoder, depth + 1));
      case 8 -> new Fields(fields(decoder, depth + 1));
      default -> new Moment(decoder.date());
    };
  }

  private static List<Any> items(Decoder decoder, int depth) throws MalformedException {
    int count = decoder.count();
    List<Any> items = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      items.add(read(decoder, depth));
    }
    return items;
  }

  private static Map<String, Any> fields(Decoder decoder, int depth) throws MalformedException {
    int count = decoder.count();
    Map<String, Any> fields = new LinkedHashMap<>();
    for (int at = 0; at < count; at++) {
      String name = decoder.string();
      fields.put(name, read(decoder, depth));
    }
    return fields;
  }
}
