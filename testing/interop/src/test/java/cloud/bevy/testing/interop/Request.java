package cloud.bevy.testing.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/// What a test asks of a [JavaPeer].
record Request(JsonNode fields) {
  String text(String name) {
    return fields.get(name).asText();
  }

  Optional<String> maybeText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  long number(String name) {
    return fields.get(name).asLong();
  }

  int small(String name) {
    return fields.get(name).asInt();
  }

  long number(String name, long otherwise) {
    return fields.path(name).asLong(otherwise);
  }

  OptionalLong maybeNumber(String name) {
    return has(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
  }

  boolean flag(String name) {
    return fields.path(name).asBoolean();
  }

  Optional<byte[]> bytes(String name) {
    return maybeText(name).map(HexFormat.of()::parseHex);
  }

  JsonNode field(String name) {
    return fields.path(name);
  }

  private boolean has(String name) {
    return fields.hasNonNull(name);
  }
}
