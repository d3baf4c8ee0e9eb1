package cloud.bevy.doors.mqtt;

/// The numbers by which MQTT 5 says what became of something (MQTT 5.0, section 2.4).
final class Reason {
  static final int SUCCESS = 0x00;
  static final int WITH_WILL = 0x04;
  static final int NO_MATCHING_SUBSCRIBERS = 0x10;
  static final int NO_SUBSCRIPTION = 0x11;
  static final int UNSPECIFIED = 0x80;
  static final int MALFORMED_PACKET = 0x81;
  static final int PROTOCOL_ERROR = 0x82;
  static final int IMPLEMENTATION = 0x83;
  static final int UNSUPPORTED_VERSION = 0x84;
  static final int CLIENT_ID_NOT_VALID = 0x85;
  static final int BAD_CREDENTIALS = 0x86;
  static final int NOT_AUTHORIZED = 0x87;
  static final int SERVER_BUSY = 0x89;
  static final int SHUTTING_DOWN = 0x8b;
  static final int BAD_METHOD = 0x8c;
  static final int KEEP_ALIVE_TIMEOUT = 0x8d;
  static final int TAKEN_OVER = 0x8e;
  static final int FILTER_INVALID = 0x8f;
  static final int TOPIC_INVALID = 0x90;
  static final int ID_IN_USE = 0x91;
  static final int ID_NOT_FOUND = 0x92;
  static final int RECEIVE_MAXIMUM = 0x93;
  static final int ALIAS_INVALID = 0x94;
  static final int PACKET_TOO_LARGE = 0x95;
  static final int QUOTA_EXCEEDED = 0x97;
  static final int FORMAT_INVALID = 0x99;

  private Reason() {}
}
