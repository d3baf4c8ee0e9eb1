package cloud.bevy.services.messages;

import java.time.Instant;

/// What is published.
///
/// @param topic where
/// @param payload the content, which nobody changes
/// @param quality how surely it is to arrive
/// @param retain whether those who subscribe later are told of it too, until another is retained
/// @param expires when nobody is told of it any more; [Instant#MAX] for never
/// @param properties what else is said of it
public record Message(
    TopicName topic,
    byte[] payload,
    Quality quality,
    boolean retain,
    Instant expires,
    MessageProperties properties) {
  private static final int OBJECTS = 96;

  /// A message that is only its content.
  public static Message of(TopicName topic, byte[] payload, Quality quality) {
    return new Message(topic, payload, quality, false, Instant.MAX, MessageProperties.NONE);
  }

  /// About how many bytes it takes.
  int size() {
    return OBJECTS + topic.text().length() + payload.length + properties.size();
  }

  boolean expired(Instant now) {
    return !expires.isAfter(now);
  }
}
