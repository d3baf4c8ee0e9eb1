package cloud.bevy.doors.mqtt;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.http.WebSocket;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes in both directions, whatever carries them.
interface Line {
  /// Waits for bytes.
  ///
  /// @return how many were read; -1 once the other side has closed
  int read(ByteBuffer into) throws IOException;

  /// Sends bytes. Waits while the other side does not read.
  void write(ByteBuffer from) throws IOException;

  /// Ends both directions.
  void close();

  /// What a TCP connection carries.
  record Tcp(Network.Connection connection) implements Line {
    @Override
    public int read(ByteBuffer into) throws IOException {
      return connection.read(into);
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
      connection.write(from);
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  /// What the binary messages of a WebSocket carry; where one ends means nothing.
  record Web(WebSocket socket) implements Line {
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
}
