package cloud.bevy.services.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Expressions and why they are refused, a line each: `expression | reason`.
final class Refusals {
  private Refusals() {}

  static Stream<Arguments> in(String resource) throws IOException {
    try (InputStream in = Refusals.class.getResourceAsStream(resource)) {
      byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().map(Refusals::parts);
    }
  }

  private static Arguments parts(String line) {
    int bar = line.indexOf(" | ");
    return Arguments.of(line.substring(0, bar).strip(), line.substring(bar + 3));
  }
}
