package cloud.bevy.doors.replication;

import cloud.bevy.foundation.http.WebSocket;
import cloud.bevy.hyper.stream.Duplex;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The bytes that the binary messages of a WebSocket carry, as npm's streams over one have them:
/// where a message ends means nothing.
public final class WebSocketDuplex implements Duplex {
  private final WebSocket socket;

  /// @param socket closed with this
  public WebSocketDuplex(WebSocket socket) {
    this.socket = socket;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return socket.read(into);
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    socket.write(from);
  }

  @Override
  public void close() {
    socket.close();
  }
}
