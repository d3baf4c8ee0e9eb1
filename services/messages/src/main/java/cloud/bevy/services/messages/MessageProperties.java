package cloud.bevy.services.messages;

import java.util.List;
import java.util.Optional;

/// What a publisher says of a message beside its content. It is passed on as it came.
///
/// @param text whether the content was said to be UTF-8
/// @param contentType what the content is; empty where that was not said
/// @param responseTopic where an answer is wanted; empty where none is
/// @param correlation tells the answer's receiver which question it is for
/// @param user names and values of the publisher's own, in their order
public record MessageProperties(
    Optional<Boolean> text,
    String contentType,
    String responseTopic,
    Optional<byte[]> correlation,
    List<Pair> user) {
  /// Nothing is said.
  public static final MessageProperties NONE =
      new MessageProperties(Optional.empty(), "", "", Optional.empty(), List.of());

  /// Copies the list.
  public MessageProperties {
    user = List.copyOf(user);
  }

  /// A name and a value.
  public record Pair(String name, String value) {}

  /// About how many bytes this is.
  int size() {
    int pairs = user.stream().mapToInt(p -> p.name().length() + p.value().length()).sum();
    return contentType.length()
        + responseTopic.length()
        + correlation.map(bytes -> bytes.length).orElse(0)
        + pairs;
  }
}
