package cloud.bevy.hyper.replication;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.stream.Duplex;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/// Peers that are reached, and that come, over TCP. Has a task for each address that is listened
/// at, and none for connecting.
public final class TcpPeers implements AutoCloseable {
  /// How many peers may be strangers at once: connected, but not through with their handshake.
  static final int MOST_STRANGERS = 64;

  private static final int SEED = 32;

  private final World world;
  private final Replication replication;
  private final KeyPair self;
  private final Semaphore strangers = new Semaphore(MOST_STRANGERS);
  private final List<Network.Listener> listeners = new CopyOnWriteArrayList<>();

  /// Peers to exchange the cores of a replication with.
  ///
  /// @param self who this side is to them
  public TcpPeers(World world, Replication replication, KeyPair self) {
    this.world = world;
    this.replication = replication;
    this.self = self;
  }

  /// The same with a key pair that is made for the purpose.
  public TcpPeers(World world, Replication replication) {
    this(world, replication, KeyPair.fromSeed(world.chance().bytes(SEED)));
  }

  /// Connects to a peer and exchanges cores with it until either side ends that.
  ///
  /// @throws IOException where nobody answers there before the deadline, or not as a peer does
  public Link connect(InetSocketAddress address, Duration deadline) throws IOException {
    Duplex bytes = Duplex.over(world.network().connect(address, deadline));
    return replication.join(SecretStream.initiate(world, bytes, self, StreamOptions.STANDARD));
  }

  /// Takes peers in at an address; port 0 takes a free one.
  ///
  /// @return the address, with the port
  /// @throws IOException where the address cannot be had
  public InetSocketAddress listen(InetSocketAddress address) throws IOException {
    Network.Listener listener = world.network().listen(address);
    listeners.add(listener);
    world.tasks().start("peers at " + listener.address(), () -> acceptAll(listener));
    return listener.address();
  }

  /// Takes no more peers in, and ends what there is with those that are connected.
  @Override
  public void close() {
    listeners.forEach(Network.Listener::close);
    replication.links().forEach(Link::close);
  }

  private void acceptAll(Network.Listener listener) {
    try {
      while (true) {
        Network.Connection connection = listener.accept();
        if (strangers.tryAcquire()) {
          world.tasks().start("peer at " + connection.remote(), () -> meet(connection));
        } else {
          connection.close();
        }
      }
    } catch (IOException ended) {
      world.log().info("peers are taken in no more at " + listener.address());
    }
  }

  private void meet(Network.Connection connection) {
    try {
      replication.join(
          SecretStream.accept(world, Duplex.over(connection), self, StreamOptions.STANDARD));
    } catch (IOException refused) {
      world.log().info("no peer: " + connection.remote() + ": " + refused.getMessage());
    } finally {
      strangers.release();
    }
  }
}
