package cloud.bevy.doors.mqtt;

/// The kinds of packets, in the order of their numbers (MQTT 5.0, section 2.1.2).
enum PacketType {
  RESERVED(0),
  CONNECT(1),
  CONNACK(2),
  PUBLISH(3),
  PUBACK(4),
  PUBREC(5),
  PUBREL(6),
  PUBCOMP(7),
  SUBSCRIBE(8),
  SUBACK(9),
  UNSUBSCRIBE(10),
  UNSUBACK(11),
  PINGREQ(12),
  PINGRESP(13),
  DISCONNECT(14),
  AUTH(15);

  private static final PacketType[] ALL = values();
  private static final int SHIFT = 4;

  private final int number;

  PacketType(int number) {
    this.number = number;
  }

  static PacketType of(int firstByte) {
    return ALL[firstByte >> SHIFT];
  }

  /// The four bits that a packet of this kind must have, those of [#PUBLISH] aside.
  int flags() {
    return this == PUBREL || this == SUBSCRIBE || this == UNSUBSCRIBE ? 2 : 0;
  }

  /// The first byte of such a packet.
  int first() {
    return (number << SHIFT) | flags();
  }
}
