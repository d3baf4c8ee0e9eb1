package cloud.bevy.hyper.stream;

import cloud.bevy.foundation.base.Network;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The bytes of a TCP connection.
record ConnectionDuplex(Network.Connection connection) implements Duplex {
  /// The JDK copies what it reads and writes through buffers outside the heap, which it keeps, as
  /// large as the largest ever needed: one task's large message must not cost that for ever.
  private static final int PORTION = 256 * 1024;

  @Override
  public int read(ByteBuffer into) throws IOException {
    int limit = into.limit();
    into.limit(into.position() + Math.min(into.remaining(), PORTION));
    try {
      return connection.read(into);
    } finally {
      into.limit(limit);
    }
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    int limit = from.limit();
    while (from.position() < limit) {
      from.limit(Math.min(limit, from.position() + PORTION));
      connection.write(from);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
