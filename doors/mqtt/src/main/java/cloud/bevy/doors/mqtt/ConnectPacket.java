package cloud.bevy.doors.mqtt;

import cloud.bevy.services.messages.Message;
import cloud.bevy.services.messages.Quality;
import cloud.bevy.services.messages.TopicName;
import cloud.bevy.services.messages.Will;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// With what a client begins (MQTT 5.0, section 3.1).
///
/// @param version 3, 4 (for 3.1.1) or 5
/// @param keepAlive seconds after which a silent client is gone; 0 for never
record ConnectPacket(
    int version,
    String client,
    boolean clean,
    int keepAlive,
    Properties properties,
    Optional<Will> will,
    Optional<String> user,
    Optional<byte[]> password) {
  static final int FIVE = 5;
  static final int FOUR = 4;
  static final int THREE = 3;

  /// The longest name of a client, in bytes.
  static final int LONGEST_CLIENT = 256;

  /// The largest content of a will, in bytes.
  static final int LARGEST_WILL = 64 << 10;

  private static final int CLEAN = 0x02;
  private static final int WILL = 0x04;
  private static final int WILL_RETAIN = 0x20;
  private static final int PASSWORD = 0x40;
  private static final int USER = 0x80;
  private static final int QUALITY_SHIFT = 3;

  /// The version that a first packet speaks, before anything else of it is looked at.
  ///
  /// @return 0 where it is none that is spoken here
  static int version(Fields fields) throws Violation {
    String name = fields.text();
    int version = fields.octet();
    boolean old = name.equals("MQIsdp") && version == THREE;
    boolean known = name.equals("MQTT") && (version == FOUR || version == FIVE);
    if (!name.equals("MQTT") && !name.equals("MQIsdp")) {
      throw Violation.protocol("the first packet is of another protocol");
    }
    return old || known ? version : 0;
  }

  /// What comes behind the version.
  static ConnectPacket read(int version, Fields fields) throws Violation {
    int flags = fields.octet();
    int quality = (flags >> QUALITY_SHIFT) & 3;
    boolean will = (flags & WILL) != 0;
    boolean loose = !will && (quality != 0 || (flags & WILL_RETAIN) != 0);
    boolean secret = version < FIVE && (flags & PASSWORD) != 0 && (flags & USER) == 0;
    if ((flags & 1) != 0 || quality > 2 || loose || secret) {
      throw Violation.malformed("the flags of the first packet contradict each other");
    }
    int keepAlive = fields.two();
    Properties properties =
        version == FIVE ? Properties.read(fields, Properties.OF_CONNECT) : Properties.NONE;
    String client = fields.text();
    Optional<Will> last =
        will
            ? Optional.of(will(version, fields, Quality.of(quality), (flags & WILL_RETAIN) != 0))
            : Optional.empty();
    Optional<String> user = (flags & USER) != 0 ? Optional.of(fields.text()) : Optional.empty();
    Optional<byte[]> password =
        (flags & PASSWORD) != 0 ? Optional.of(fields.binary()) : Optional.empty();
    fields.end();
    boolean clean = (flags & CLEAN) != 0;
    return new ConnectPacket(version, client, clean, keepAlive, properties, last, user, password);
  }

  private static Will will(int version, Fields fields, Quality quality, boolean retain)
      throws Violation {
    Properties properties =
        version == FIVE ? Properties.read(fields, Properties.OF_WILL) : Properties.NONE;
    TopicName topic =
        TopicName.of(fields.text())
            .filter(name -> !name.reserved())
            .orElseThrow(() -> new Violation(Reason.TOPIC_INVALID, "the topic of a will"));
    byte[] payload = fields.binary();
    if (payload.length > LARGEST_WILL) {
      throw new Violation(Reason.PACKET_TOO_LARGE, "a will of " + payload.length + " bytes");
    }
    Message message =
        new Message(topic, payload, quality, retain, Instant.MAX, properties.ofMessage());
    return new Will(
        message,
        properties.number(Properties.WILL_DELAY, 0),
        properties.number(Properties.MESSAGE_EXPIRY, 0));
  }

  /// Whether a client may have that name.
  boolean namesClient() {
    return client.getBytes(StandardCharsets.UTF_8).length <= LONGEST_CLIENT
        && (!client.isEmpty() || version == FIVE || (version == FOUR && clean));
  }

  /// Seconds that its session lasts without it.
  long lifetime() {
    if (version == FIVE) {
      return properties.number(Properties.SESSION_EXPIRY, 0);
    }
    return clean ? 0 : Long.MAX_VALUE;
  }
}
