package cloud.bevy.services.messages;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Where a message is published: levels between slashes, without wildcards.
///
/// @param text as it was given
public record TopicName(String text) {
  /// The longest topic, in bytes of UTF-8.
  public static final int MOST_BYTES = 4_096;

  /// The most levels of a topic.
  public static final int MOST_LEVELS = 128;

  private static final int MOST_BYTES_OF_CHAR = 3;

  /// A topic, if that can be one: not empty, no wildcards, no character 0, not too long or deep.
  public static Optional<TopicName> of(String text) {
    return valid(text) && text.indexOf('+') < 0 && text.indexOf('#') < 0
        ? Optional.of(new TopicName(text))
        : Optional.empty();
  }

  /// Whether it is one of the machine's own, to which wildcards do not lead and nobody publishes.
  public boolean reserved() {
    return text.charAt(0) == '$';
  }

  List<String> levels() {
    return List.of(text.split("/", -1));
  }

  /// What topics and filters have in common.
  static boolean valid(String text) {
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      return false;
    }
    boolean fits =
        text.length() * MOST_BYTES_OF_CHAR <= MOST_BYTES
            || text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    return fits && text.chars().filter(character -> character == '/').count() < MOST_LEVELS;
  }
}
