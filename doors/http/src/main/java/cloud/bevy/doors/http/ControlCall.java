package cloud.bevy.doors.http;

import cloud.bevy.foundation.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A call of the control API.
///
/// @param exchange the request and its answer
/// @param name what stands in the path where the operation has `{}`, decoded; empty if it has none
/// @param parameters the query, decoded
record ControlCall(Exchange exchange, String name, Map<String, String> parameters) {
  private static final String DEFAULT_CLOUD = "default";

  static ControlCall of(Exchange exchange, String name) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : exchange.query().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return new ControlCall(exchange, decode(name), parameters);
  }

  /// A parameter of the query; empty if it is not there.
  String parameter(String key) {
    return parameters.getOrDefault(key, "");
  }

  /// The name of the cloud the call is about.
  String cloud() {
    return parameters.getOrDefault("cloud", DEFAULT_CLOUD);
  }

  /// Whether the cloud is the one that is made when it is first asked for.
  boolean isDefaultCloud() {
    return cloud().equals(DEFAULT_CLOUD);
  }

  InputStream body() {
    return exchange.body();
  }

  /// Answers with JSON.
  void answer(int status, Map<String, ?> tree) throws IOException {
    exchange.status(status).responseHeaders().set("Content-Type", "application/json");
    exchange.responseHeaders().set("Cache-Control", "no-store");
    exchange.send(JsonWriter.write(tree).getBytes(StandardCharsets.UTF_8));
  }

  /// Refuses the call.
  ///
  /// @param hint what the person at the command line can do
  void refuse(int status, String message, String hint) throws IOException {
    Map<String, String> tree = new LinkedHashMap<>();
    tree.put("message", message);
    tree.put("hint", hint);
    answer(status, tree);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }
}
