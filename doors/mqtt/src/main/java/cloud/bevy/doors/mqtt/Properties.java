package cloud.bevy.doors.mqtt;

import cloud.bevy.services.messages.MessageProperties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The properties of a packet (MQTT 5.0, section 2.2.2). Those that are not for that kind of packet
/// are refused, and those that come twice, but for the publisher's own.
final class Properties {
  static final int FORMAT = 0x01;
  static final int MESSAGE_EXPIRY = 0x02;
  static final int CONTENT_TYPE = 0x03;
  static final int RESPONSE_TOPIC = 0x08;
  static final int CORRELATION = 0x09;
  static final int SUBSCRIPTION_ID = 0x0b;
  static final int SESSION_EXPIRY = 0x11;
  static final int ASSIGNED_CLIENT_ID = 0x12;
  static final int SERVER_KEEP_ALIVE = 0x13;
  static final int AUTHENTICATION_METHOD = 0x15;
  static final int AUTHENTICATION_DATA = 0x16;
  static final int REQUEST_PROBLEM = 0x17;
  static final int WILL_DELAY = 0x18;
  static final int REQUEST_RESPONSE = 0x19;
  static final int REASON = 0x1f;
  static final int RECEIVE_MAXIMUM = 0x21;
  static final int ALIAS_MAXIMUM = 0x22;
  static final int ALIAS = 0x23;
  static final int USER = 0x26;
  static final int MAXIMUM_PACKET = 0x27;

  /// The most properties of a publisher's own in a packet.
  static final int MOST_USER = 256;

  static final List<Integer> OF_CONNECT =
      List.of(
          SESSION_EXPIRY,
          RECEIVE_MAXIMUM,
          MAXIMUM_PACKET,
          ALIAS_MAXIMUM,
          REQUEST_RESPONSE,
          REQUEST_PROBLEM,
          USER,
          AUTHENTICATION_METHOD,
          AUTHENTICATION_DATA);
  static final List<Integer> OF_WILL =
      List.of(WILL_DELAY, FORMAT, MESSAGE_EXPIRY, CONTENT_TYPE, RESPONSE_TOPIC, CORRELATION, USER);
  static final List<Integer> OF_PUBLISH =
      List.of(FORMAT, MESSAGE_EXPIRY, CONTENT_TYPE, RESPONSE_TOPIC, CORRELATION, ALIAS, USER);
  static final List<Integer> OF_ANSWER = List.of(REASON, USER);
  static final List<Integer> OF_SUBSCRIBE = List.of(SUBSCRIPTION_ID, USER);
  static final List<Integer> OF_UNSUBSCRIBE = List.of(USER);
  static final List<Integer> OF_DISCONNECT = List.of(SESSION_EXPIRY, REASON, USER);

  static final Properties NONE = new Properties();

  private final Map<Integer, Long> numbers = new HashMap<>();
  private final Map<Integer, String> texts = new HashMap<>();
  private final Map<Integer, byte[]> binaries = new HashMap<>();
  private final List<MessageProperties.Pair> user = new ArrayList<>();

  private Properties() {}

  /// @param allowed which ones the packet may have
  static Properties read(Fields packet, List<Integer> allowed) throws Violation {
    Fields fields = packet.part(packet.length());
    if (fields.remaining() == 0) {
      return NONE;
    }
    Properties properties = new Properties();
    while (fields.remaining() > 0) {
      int id = fields.length();
      if (!allowed.contains(id)) {
        throw Violation.protocol("a packet has the property " + id);
      }
      properties.read(id, fields);
    }
    return properties;
  }

  private void read(int id, Fields fields) throws Violation {
    switch (id) {
      case FORMAT, REQUEST_PROBLEM, REQUEST_RESPONSE -> {
        int value = fields.octet();
        if (value > 1) {
          throw Violation.protocol("the property " + id + " is neither 0 nor 1");
        }
        put(id, value);
      }
      case RECEIVE_MAXIMUM, ALIAS_MAXIMUM, ALIAS -> put(id, fields.two());
      case MESSAGE_EXPIRY, SESSION_EXPIRY, WILL_DELAY, MAXIMUM_PACKET -> put(id, fields.four());
      case SUBSCRIPTION_ID -> put(id, fields.length());
      case CONTENT_TYPE, RESPONSE_TOPIC, REASON, AUTHENTICATION_METHOD ->
          once(texts.put(id, fields.text()) == null);
      case CORRELATION, AUTHENTICATION_DATA -> once(binaries.put(id, fields.binary()) == null);
      case USER -> {
        if (user.size() == MOST_USER) {
          throw new Violation(Reason.PACKET_TOO_LARGE, "too many properties");
        }
        user.add(new MessageProperties.Pair(fields.text(), fields.text()));
      }
      default -> throw Violation.malformed("there is no property " + id);
    }
  }

  private void put(int id, long value) throws Violation {
    boolean zero = value == 0;
    if (zero && (id == RECEIVE_MAXIMUM || id == MAXIMUM_PACKET || id == SUBSCRIPTION_ID)) {
      throw Violation.protocol("the property " + id + " is 0");
    }
    once(numbers.put(id, value) == null);
  }

  private static void once(boolean first) throws Violation {
    if (!first) {
      throw Violation.protocol("a property came twice");
    }
  }

  long number(int id, long otherwise) {
    return numbers.getOrDefault(id, otherwise);
  }

  boolean has(int id) {
    return numbers.containsKey(id) || texts.containsKey(id) || binaries.containsKey(id);
  }

  /// What is passed on with a message.
  MessageProperties ofMessage() throws Violation {
    if (this == NONE) {
      return MessageProperties.NONE;
    }
    String response = texts.getOrDefault(RESPONSE_TOPIC, "");
    if (response.contains("+") || response.contains("#")) {
      throw Violation.protocol("an answer is wanted at a topic with wildcards");
    }
    Long text = numbers.get(FORMAT);
    return new MessageProperties(
        text == null ? Optional.empty() : Optional.of(text == 1),
        texts.getOrDefault(CONTENT_TYPE, ""),
        response,
        Optional.ofNullable(binaries.get(CORRELATION)),
        user);
  }
}
