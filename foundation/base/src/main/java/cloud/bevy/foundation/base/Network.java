package cloud.bevy.foundation.base;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// Streams (TCP) and datagrams (UDP). Methods block the calling task.
public interface Network {
  /// Listens for streams. Port 0 takes a free one.
  Listener listen(InetSocketAddress address) throws IOException;

  /// Opens a stream.
  Connection connect(InetSocketAddress address, Duration deadline) throws IOException;

  /// Opens a socket for datagrams. Port 0 takes a free one.
  Datagrams bind(InetSocketAddress address) throws IOException;

  /// Takes streams that others open.
  interface Listener extends AutoCloseable {
    /// The address that others connect to.
    InetSocketAddress address();

    /// Waits for the next stream.
    ///
    /// @throws java.nio.channels.ClosedChannelException once the listener is closed
    Connection accept() throws IOException;

    @Override
    void close();
  }

  /// A stream of bytes in both directions: what arrives, arrives once and in order.
  interface Connection extends AutoCloseable {
    /// The address of the other side.
    InetSocketAddress remote();

    /// Reads at least one byte, unless `into` has no room.
    ///
    /// @return how many bytes were read; -1 once the other side has closed
    int read(ByteBuffer into) throws IOException;

    /// Writes all of `from`.
    void write(ByteBuffer from) throws IOException;

    @Override
    void close();
  }

  /// Datagrams, each of which may be lost, doubled, late, and out of order.
  interface Datagrams extends AutoCloseable {
    /// The address that others send to.
    InetSocketAddress address();

    /// Sends one datagram.
    void send(ByteBuffer datagram, InetSocketAddress to) throws IOException;

    /// Waits for a datagram and copies it into `into`; what does not fit is cut off.
    ///
    /// @return who sent it, or nothing if the deadline passed
    Optional<InetSocketAddress> receive(ByteBuffer into, Duration deadline) throws IOException;

    @Override
    void close();
  }
}
