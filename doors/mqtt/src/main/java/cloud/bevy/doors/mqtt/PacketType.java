package cloud.bevy.doors.mqtt;

/// The kinds of packets, in the order of their numbers (MQTT 5.0, section 2.1.2).
enum PacketType {
  RESERVED,
  CONNECT,
  CONNACK,
  PUBLISH,
  PUBACK,
  PUBREC,
  PUBREL,
  PUBCOMP,
  SUBSCRIBE,
  SUBACK,
  UNSUBSCRIBE,
  UNSUBACK,
  PINGREQ,
  PINGRESP,
  DISCONNECT,
  AUTH;

  private static final PacketType[] ALL = values();
  private static final int SHIFT = 4;

  static PacketType of(int firstByte) {
    return ALL[firstByte >> SHIFT];
  }

  /// The four bits that a packet of this kind must have, those of [#PUBLISH] aside.
  int flags() {
    return this == PUBREL || this == SUBSCRIBE || this == UNSUBSCRIBE ? 2 : 0;
  }

  /// The first byte of such a packet.
  int first() {
    return ordinal() << SHIFT | flags();
  }
}
