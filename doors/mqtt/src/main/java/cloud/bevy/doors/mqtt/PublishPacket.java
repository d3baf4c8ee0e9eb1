package cloud.bevy.doors.mqtt;

import cloud.bevy.services.messages.Message;
import cloud.bevy.services.messages.MessageProperties;
import cloud.bevy.services.messages.Quality;
import cloud.bevy.services.messages.TopicName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message of a client (MQTT 5.0, section 3.3).
///
/// @param packetId 0 where it may get lost
/// @param fits whether the content is what it says
record PublishPacket(Message message, int packetId, boolean fits) {
  private static final int RETAIN = 1;
  private static final int QUALITY_SHIFT = 1;
  private static final int DUPLICATE = 8;

  /// @param aliases what the client has called by numbers, in the order of these; changed
  /// @param now from when the message's time counts
  static PublishPacket read(int version, Frame frame, @Nullable TopicName[] aliases, Instant now)
      throws Violation {
    Fields fields = frame.fields();
    int level = (frame.flags() >> QUALITY_SHIFT) & 3;
    if (level > 2 || (level == 0 && (frame.flags() & DUPLICATE) != 0)) {
      throw Violation.malformed("the flags of a message contradict each other");
    }
    String text = fields.text();
    int id = level == 0 ? 0 : fields.packetId();
    Properties properties =
        version == ConnectPacket.FIVE
            ? Properties.read(fields, Properties.OF_PUBLISH)
            : Properties.NONE;
    TopicName topic = topic(text, properties, aliases);
    long lifetime = properties.number(Properties.MESSAGE_EXPIRY, -1);
    MessageProperties said = properties.ofMessage();
    byte[] payload = fields.rest();
    Message message =
        new Message(
            topic,
            payload,
            Quality.of(level),
            (frame.flags() & RETAIN) != 0,
            lifetime < 0 ? Instant.MAX : now.plusSeconds(lifetime),
            said);
    return new PublishPacket(message, id, !said.text().equals(Optional.of(true)) || utf8(payload));
  }

  private static TopicName topic(String text, Properties properties, @Nullable TopicName[] aliases)
      throws Violation {
    if (!properties.has(Properties.ALIAS)) {
      return name(text);
    }
    int alias = (int) properties.number(Properties.ALIAS, 0);
    if (alias == 0 || alias > aliases.length) {
      throw new Violation(Reason.ALIAS_INVALID, "a topic is called " + alias);
    }
    if (!text.isEmpty()) {
      aliases[alias - 1] = name(text);
    }
    TopicName known = aliases[alias - 1];
    if (known == null) {
      throw Violation.protocol("no topic is called " + alias);
    }
    return known;
  }

  private static TopicName name(String text) throws Violation {
    return TopicName.of(text)
        .filter(name -> !name.reserved())
        .orElseThrow(() -> new Violation(Reason.TOPIC_INVALID, "nothing can be published there"));
  }

  private static boolean utf8(byte[] payload) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
      return true;
    } catch (CharacterCodingException other) {
      return false;
    }
  }
}
