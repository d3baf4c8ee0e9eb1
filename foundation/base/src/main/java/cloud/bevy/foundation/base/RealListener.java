package cloud.bevy.foundation.base;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/// A listening TCP socket of the machine.
record RealListener(ServerSocketChannel channel, InetSocketAddress address)
    implements Network.Listener {
  @Override
  public Network.Connection accept() throws IOException {
    return RealConnection.on(channel.accept());
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // The socket is gone either way.
    }
  }
}
