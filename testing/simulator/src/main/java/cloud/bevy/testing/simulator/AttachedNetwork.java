package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Network;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// The network as the programs of one world see it: the machine has one address, which its loopback
/// and wildcard addresses stand for too.
final class AttachedNetwork implements Network {
  private final SimulatedWorld world;
  private final InetAddress own;
  private final SimulatedNetwork network;

  AttachedNetwork(SimulatedWorld world, InetAddress own, SimulatedNetwork network) {
    this.world = world;
    this.own = own;
    this.network = network;
  }

  @Override
  public Listener listen(InetSocketAddress address) throws IOException {
    world.pause();
    boolean local = address.getAddress().isLoopbackAddress();
    SimulatedListener listener = new SimulatedListener(world, network, bound(address), local);
    network.add(listener);
    return listener;
  }

  @Override
  public Connection connect(InetSocketAddress address, Duration deadline) throws IOException {
    InetSocketAddress from = new InetSocketAddress(own, network.freePort(own));
    InetSocketAddress to = seen(address);
    long end = world.deadline(deadline);
    world.take(Math.min(network.arrival(), end) - world.scheduler().now());
    while (!network.passes(from, to) || !network.passes(to, from)) {
      if (world.scheduler().now() >= end) {
        throw new SocketTimeoutException("Connect timed out: " + address);
      }
      world.take(Math.min(SimulatedStream.RETRY_NANOS, end - world.scheduler().now()));
    }
    SimulatedListener listener = network.listener(to);
    if (listener == null || !listener.takes(from)) {
      throw new ConnectException("Connection refused: " + address);
    }
    SimulatedStream stream = new SimulatedStream(network, from, to);
    SimulatedConnection connection = stream.here(world);
    listener.offer(stream);
    return connection;
  }

  @Override
  public Datagrams bind(InetSocketAddress address) throws IOException {
    world.pause();
    SimulatedDatagrams socket = new SimulatedDatagrams(world, network, this, bound(address));
    network.add(socket);
    return socket;
  }

  private InetSocketAddress bound(InetSocketAddress address) throws IOException {
    int port = address.getPort() == 0 ? network.freePort(own) : address.getPort();
    return new InetSocketAddress(own, port);
  }

  /// The address under which the network knows what this machine calls `address`.
  InetSocketAddress seen(InetSocketAddress address) {
    InetAddress named = address.getAddress();
    boolean self = named.isLoopbackAddress() || named.isAnyLocalAddress();
    return self ? new InetSocketAddress(own, address.getPort()) : address;
  }
}
