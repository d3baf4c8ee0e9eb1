package cloud.bevy.product.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// JSON as trees of maps, lists, strings, numbers and booleans.
final class Json {
  private Json() {}

  static String write(Object tree) {
    try {
      return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(tree);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static String line(Object tree) {
    try {
      return JSON.std.asString(tree);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static Map<String, Object> read(String text) throws IOException {
    return JSON.std.mapFrom(text);
  }
}
