package cloud.bevy.product.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What stands in paths and queries of the control door.
final class Names {
  private Names() {}

  static String inPath(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// A further parameter of a query; nothing where it has no value.
  static String parameter(String name, String value) {
    return value.isEmpty()
        ? ""
        : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
