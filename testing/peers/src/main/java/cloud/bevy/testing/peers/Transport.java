package cloud.bevy.testing.peers;

import java.util.Locale;

/// What a stream between two peers runs on.
public enum Transport {
  /// A TCP connection.
  TCP,

  /// The binary messages of a WebSocket.
  WEB;

  String listens() {
    return name().toLowerCase(Locale.ROOT) + ".listen";
  }

  String connects() {
    return name().toLowerCase(Locale.ROOT) + ".connect";
  }
}
