package cloud.bevy.doors.control;

import cloud.bevy.foundation.http.Exchange;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is asked of a [ControlOperation].
///
/// @param method of HTTP
/// @param path the segments of what follows [ControlDoor#PREFIX], decoded
/// @param query the parameters, decoded
/// @param body what came with it
public record ControlRequest(
    String method, List<String> path, Map<String, String> query, InputStream body) {
  static ControlRequest of(Exchange exchange) {
    String[] segments = exchange.path().substring(ControlDoor.PREFIX.length()).split("/", -1);
    List<String> path = List.of(segments).stream().map(ControlRequest::segment).toList();
    return new ControlRequest(exchange.method(), path, query(exchange.query()), exchange.body());
  }

  /// A parameter, or what stands for it where it is missing.
  public String parameter(String name, String otherwise) {
    return query.getOrDefault(name, otherwise);
  }

  /// A parameter that is a number from 0 on.
  ///
  /// @throws ControlRefusal if it is none
  long number(String name, long otherwise) throws ControlRefusal {
    String text = parameter(name, Long.toString(otherwise));
    if (!text.matches("[0-9]{1,19}")) {
      throw new ControlRefusal(400, name + " is not a number: " + text, "");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException tooLarge) {
      throw new ControlRefusal(400, name + " is too large a number: " + text, "");
    }
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query.put(decoded(name), decoded(value));
    }
    return query;
  }

  private static String segment(String text) {
    return decoded(text.replace("+", "%2B"));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
