package cloud.bevy.product.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// JSON as trees of maps, lists, strings, numbers and booleans.
final class Json {
  /// What is null is said to be.
  private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private Json() {}

  static String write(Object tree) {
    try {
      return WRITER.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(tree);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static String line(Object tree) {
    try {
      return WRITER.asString(tree);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// The same without a number losing digits.
  static Map<String, Object> readExactly(String text) throws IOException {
    return JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS).mapFrom(text);
  }

  static Map<String, Object> read(String text) throws IOException {
    return JSON.std.mapFrom(text);
  }
}
