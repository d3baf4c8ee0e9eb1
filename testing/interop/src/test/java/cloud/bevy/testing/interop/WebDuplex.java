package cloud.bevy.testing.interop;

import cloud.bevy.foundation.http.WebSocket;
import cloud.bevy.hyper.stream.Duplex;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The bytes of a WebSocket's messages.
record WebDuplex(WebSocket socket) implements Duplex {
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
