package cloud.bevy.doors.opensearch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters in the URL of a request; one without a value is true.
record Parameters(Map<String, String> values) {
  static final int MOST = 256;

  static Parameters read(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    String[] parts = query.split("&", -1);
    if (parts.length > MOST) {
      throw Refused.illegal("a request has at most " + MOST + " parameters");
    }
    for (String part : parts) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = decoded(equals < 0 ? part : part.substring(0, equals));
        values.put(name, equals < 0 ? "true" : decoded(part.substring(equals + 1)));
      }
    }
    return new Parameters(values);
  }

  /// What stands for a part of a URL.
  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrong) {
      throw Refused.illegal("the URL cannot be decoded: " + wrong.getMessage());
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  boolean bool(String name, boolean otherwise) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    return switch (value) {
      case "true", "" -> true;
      case "false" -> false;
      default ->
          throw Refused.illegal(
              "Failed to parse value ["
                  + value
                  + "] of ["
                  + name
                  + "] as only [true] or [false] are allowed.");
    };
  }

  Optional<Long> whole(String name) {
    return text(name)
        .map(value -> {
          if (!value.matches("-?[0-9]{1,18}")) {
            throw Refused.illegal(
                "Failed to parse int parameter [" + name + "] with value [" + value + "]");
          }
          return Long.parseLong(value);
        });
  }

  /// Names with commas between them.
  List<String> names(String name) {
    return text(name)
        .map(value -> Arrays.stream(value.split(",", -1)).filter(part -> !part.isEmpty()).toList())
        .orElse(List.of());
  }
}
