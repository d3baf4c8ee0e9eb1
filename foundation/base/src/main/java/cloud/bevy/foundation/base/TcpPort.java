package cloud.bevy.foundation.base;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.function.Consumer;

/// A TCP port at which each who connects is served by a task of its own. Costs a task that waits.
public final class TcpPort implements AutoCloseable {
  /// How long nothing is taken in after the system could not.
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final World world;
  private final String name;
  private final Network.Listener listener;
  private final Consumer<Network.Connection> server;
  private volatile boolean closed;

  private TcpPort(
      World world, String name, Network.Listener listener, Consumer<Network.Connection> server) {
    this.world = world;
    this.name = name;
    this.listener = listener;
    this.server = server;
  }

  /// Listens. Port 0 takes a free one.
  ///
  /// @param name of what is spoken, for tasks and the log
  /// @param server of a connection, which is its own to close
  /// @throws IOException if the address cannot be had
  public static TcpPort open(
      World world, String name, InetSocketAddress address, Consumer<Network.Connection> server)
      throws IOException {
    TcpPort port = new TcpPort(world, name, world.network().listen(address), server);
    world.tasks().start(name + " port", port::listen);
    return port;
  }

  /// The address that others connect to.
  public InetSocketAddress address() {
    return listener.address();
  }

  /// Takes no more connections; those that are open stay so.
  @Override
  public void close() {
    closed = true;
    listener.close();
  }

  private void listen() {
    while (!closed) {
      try {
        Network.Connection connection = listener.accept();
        world.tasks().start(name + " peer", () -> server.accept(connection));
      } catch (ClosedChannelException over) {
        return;
      } catch (IOException failure) {
        world.log().warning("the " + name + " port could not take a connection: " + failure);
        rest();
      }
    }
  }

  private void rest() {
    try {
      world.tasks().sleep(PAUSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      close();
    }
  }
}
