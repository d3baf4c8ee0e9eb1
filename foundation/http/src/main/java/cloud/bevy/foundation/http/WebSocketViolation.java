package cloud.bevy.foundation.http;

import java.io.IOException;

/// What the other side of a [WebSocket] may not do, and did.
final class WebSocketViolation extends IOException {
  private static final long serialVersionUID = 1;

  private final int code;

  /// @param code one of [CloseCode]
  WebSocketViolation(int code, String reason) {
    super(reason);
    this.code = code;
  }

  int code() {
    return code;
  }
}
