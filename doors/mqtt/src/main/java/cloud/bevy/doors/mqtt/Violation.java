package cloud.bevy.doors.mqtt;

/// What a client may not do, and did: the connection ends with it.
final class Violation extends Exception {
  private static final long serialVersionUID = 1;

  private final int reason;

  /// @param reason one of [Reason]
  Violation(int reason, String what) {
    super(what, null, false, false);
    this.reason = reason;
  }

  int reason() {
    return reason;
  }

  static Violation malformed(String what) {
    return new Violation(Reason.MALFORMED_PACKET, what);
  }

  static Violation protocol(String what) {
    return new Violation(Reason.PROTOCOL_ERROR, what);
  }
}
