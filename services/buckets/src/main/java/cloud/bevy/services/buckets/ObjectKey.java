package cloud.bevy.services.buckets;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An object's key: any text of 1 to 1,024 bytes of UTF-8. It is a name, not a path: `a//b`, `../a`
/// and `/` are keys like any other and are never normalised.
public record ObjectKey(String text) {
  private static final int MOST_BYTES = 1024;

  /// Checks the size.
  public ObjectKey {
    if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new IllegalArgumentException("a key has 1 to " + MOST_BYTES + " bytes");
    }
  }

  /// The key, or nothing where the text is empty or too long.
  public static Optional<ObjectKey> of(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes == 0 || bytes > MOST_BYTES ? Optional.empty() : Optional.of(new ObjectKey(text));
  }

  @Override
  public String toString() {
    return text;
  }
}
