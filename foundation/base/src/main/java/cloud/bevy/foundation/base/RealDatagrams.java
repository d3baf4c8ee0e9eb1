package cloud.bevy.foundation.base;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Optional;

/// A UDP socket of the machine.
record RealDatagrams(DatagramChannel channel, InetSocketAddress address)
    implements Network.Datagrams {
  @Override
  public void send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
    channel.send(datagram, to);
  }

  @Override
  public Optional<InetSocketAddress> receive(ByteBuffer into, Duration deadline)
      throws IOException {
    byte[] bytes = new byte[into.remaining()];
    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
    try {
      channel.socket().setSoTimeout(RealNetwork.millis(deadline));
      channel.socket().receive(packet);
    } catch (SocketTimeoutException late) {
      return Optional.empty();
    }
    into.put(bytes, 0, packet.getLength());
    return Optional.of((InetSocketAddress) packet.getSocketAddress());
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
