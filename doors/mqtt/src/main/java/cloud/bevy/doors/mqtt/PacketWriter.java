package cloud.bevy.doors.mqtt;

import cloud.bevy.services.messages.Message;
import cloud.bevy.services.messages.MessageProperties;
import cloud.bevy.services.messages.Outgoing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// The packets that a client is sent, one after the other in one array.
final class PacketWriter {
  private static final int FIRST = 256;
  private static final int SEVEN = 0x7f;
  private static final int MORE = 0x80;
  private static final int MOST_LENGTH_BYTES = 4;
  private static final int DUPLICATE = 8;

  private final int version;
  private byte[] bytes = new byte[FIRST];
  private int length;
  private int start;

  PacketWriter(int version) {
    this.version = version;
  }

  private boolean five() {
    return version == ConnectPacket.FIVE;
  }

  int length() {
    return length;
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  PacketWriter octet(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  PacketWriter two(int value) {
    return octet(value >> Byte.SIZE).octet(value);
  }

  PacketWriter four(long value) {
    return two((int) (value >> Short.SIZE)).two((int) value);
  }

  PacketWriter number(int value) {
    int rest = value;
    while (rest > SEVEN) {
      octet((rest & SEVEN) | MORE);
      rest >>= Byte.SIZE - 1;
    }
    return octet(rest);
  }

  PacketWriter binary(byte[] value) {
    return two(value.length).raw(value);
  }

  PacketWriter text(String value) {
    return binary(value.getBytes(StandardCharsets.UTF_8));
  }

  PacketWriter raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /// Begins a packet, whose length is not known yet.
  PacketWriter begin(int first) {
    start = length;
    octet(first);
    room(MOST_LENGTH_BYTES);
    length += MOST_LENGTH_BYTES;
    return this;
  }

  /// Ends a packet: its length takes as few bytes as it can.
  PacketWriter end() {
    int body = start + 1 + MOST_LENGTH_BYTES;
    int size = length - body;
    byte[] content = Arrays.copyOfRange(bytes, body, length);
    length = start + 1;
    return number(size).raw(content);
  }

  /// Says what became of the first packet.
  ///
  /// @param answer what else the client has to know, for version 5
  PacketWriter connack(boolean present, int reason, byte[] answer) {
    begin(PacketType.CONNACK.first()).octet(present ? 1 : 0).octet(reason);
    if (five()) {
      number(answer.length).raw(answer);
    }
    return end();
  }

  /// Says what became of a message, or of a step on its way.
  PacketWriter answer(PacketType type, int packetId, int reason) {
    begin(type.first()).two(packetId);
    if (five() && reason != Reason.SUCCESS) {
      octet(reason);
    }
    return end();
  }

  /// Says what became of what was asked for, one number each.
  PacketWriter answers(PacketType type, int packetId, int[] reasons) {
    begin(type.first()).two(packetId);
    if (five()) {
      number(0);
    }
    if (five() || type == PacketType.SUBACK) {
      for (int reason : reasons) {
        octet(five() || reason <= 2 ? reason : Reason.UNSPECIFIED);
      }
    }
    return end();
  }

  PacketWriter pong() {
    return begin(PacketType.PINGRESP.first()).end();
  }

  /// Says why the connection ends, which only version 5 has a packet for.
  PacketWriter disconnect(int reason) {
    return five() ? begin(PacketType.DISCONNECT.first()).octet(reason).end() : this;
  }

  /// Writes a message.
  ///
  /// @param most how large a packet may be
  /// @return whether it was small enough; else nothing is written
  boolean publish(Outgoing.Publish publish, Instant now, long most) {
    int before = length;
    int flags =
        (publish.duplicate() ? DUPLICATE : 0)
            | (publish.quality().level() << 1)
            | (publish.retained() ? 1 : 0);
    Message message = publish.message();
    byte[] topic = message.topic().text().getBytes(StandardCharsets.UTF_8);
    byte[] properties = five() ? properties(publish, now) : new byte[0];
    int id = publish.packetId() == 0 ? 0 : Short.BYTES;
    int size = Short.BYTES + topic.length + id + properties.length + message.payload().length;
    octet(PacketType.PUBLISH.first() | flags).number(size).binary(topic);
    if (id > 0) {
      two(publish.packetId());
    }
    raw(properties).raw(message.payload());
    if (length - before <= most) {
      return true;
    }
    length = before;
    return false;
  }

  private static byte[] properties(Outgoing.Publish publish, Instant now) {
    PacketWriter out = new PacketWriter(ConnectPacket.FIVE);
    Message message = publish.message();
    MessageProperties said = message.properties();
    said.text().ifPresent(text -> out.octet(Properties.FORMAT).octet(text ? 1 : 0));
    if (!message.expires().equals(Instant.MAX)) {
      long left = Math.max(0, Duration.between(now, message.expires()).toSeconds());
      out.octet(Properties.MESSAGE_EXPIRY).four(left);
    }
    if (!said.contentType().isEmpty()) {
      out.octet(Properties.CONTENT_TYPE).text(said.contentType());
    }
    if (!said.responseTopic().isEmpty()) {
      out.octet(Properties.RESPONSE_TOPIC).text(said.responseTopic());
    }
    said.correlation().ifPresent(data -> out.octet(Properties.CORRELATION).binary(data));
    said.user().forEach(pair -> out.octet(Properties.USER).text(pair.name()).text(pair.value()));
    for (int identifier : publish.identifiers()) {
      out.octet(Properties.SUBSCRIPTION_ID).number(identifier);
    }
    byte[] all = out.toArray();
    return new PacketWriter(ConnectPacket.FIVE).number(all.length).raw(all).toArray();
  }
}
