package cloud.bevy.foundation.http;

import java.io.IOException;
import java.net.SocketAddress;

/// The other side speaks HTTP, and does not want a [WebSocket].
public final class WebSocketRefused extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  WebSocketRefused(SocketAddress peer, int status) {
    super(peer + " answered " + status + " instead of opening a WebSocket");
    this.status = status;
  }

  /// The status that it answered with.
  public int status() {
    return status;
  }
}
