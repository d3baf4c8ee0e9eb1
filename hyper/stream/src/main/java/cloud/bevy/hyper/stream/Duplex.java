package cloud.bevy.hyper.stream;

import cloud.bevy.foundation.base.Network;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes in both directions, in order: a TCP connection, or the binary messages of a WebSocket,
/// each of which is a part of the stream of bytes. One task reads while another writes; closing
/// makes both give up.
public interface Duplex extends AutoCloseable {
  /// Reads at least one byte, unless `into` has no room.
  ///
  /// @return how many bytes were read; -1 once the other side has ended
  int read(ByteBuffer into) throws IOException;

  /// Writes all of `from`.
  void write(ByteBuffer from) throws IOException;

  @Override
  void close();

  /// The bytes of a TCP connection.
  static Duplex over(Network.Connection connection) {
    return new ConnectionDuplex(connection);
  }
}
