package cloud.bevy.product.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Names as they stand in a path.
final class Names {
  private Names() {}

  static String inPath(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
