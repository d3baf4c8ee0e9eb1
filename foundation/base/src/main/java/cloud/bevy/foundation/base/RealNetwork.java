package cloud.bevy.foundation.base;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// The sockets of the machine: blocking channels, which park the virtual thread that uses them.
final class RealNetwork implements Network {
  @Override
  public Listener listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address);
      return new RealListener(channel, (InetSocketAddress) channel.getLocalAddress());
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public Connection connect(InetSocketAddress address, Duration deadline) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(address, millis(deadline));
      return RealConnection.on(channel);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public Datagrams bind(InetSocketAddress address) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.bind(address);
      return new RealDatagrams(channel, (InetSocketAddress) channel.getLocalAddress());
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  /// A timeout as the JDK's sockets want it: they take zero for no timeout.
  static int millis(Duration deadline) {
    if (deadline.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) >= 0) {
      return Integer.MAX_VALUE;
    }
    return (int) Math.max(1, deadline.toMillis());
  }
}
