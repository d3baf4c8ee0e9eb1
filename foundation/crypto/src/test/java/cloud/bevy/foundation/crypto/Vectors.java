package cloud.bevy.foundation.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/// The golden bytes that were made with the JavaScript packages.
final class Vectors {
  private Vectors() {}

  static JsonNode crypto() {
    return read("crypto");
  }

  static JsonNode read(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/" + name + ".json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.asText());
  }

  /// `size` bytes that look random and are the same in every run.
  static byte[] noise(long seed, int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
