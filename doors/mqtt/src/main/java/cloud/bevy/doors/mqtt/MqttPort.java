package cloud.bevy.doors.mqtt;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/// The TCP port of the [MqttDoor]. Costs a task that waits.
public final class MqttPort implements AutoCloseable {
  /// How long nothing is taken in after the system could not.
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final World world;
  private final MqttDoor door;
  private final Network.Listener listener;
  private volatile boolean closed;

  private MqttPort(World world, MqttDoor door, Network.Listener listener) {
    this.world = world;
    this.door = door;
    this.listener = listener;
  }

  /// Listens. Port 0 takes a free one.
  ///
  /// @throws IOException if the address cannot be had
  public static MqttPort open(World world, MqttDoor door, InetSocketAddress address)
      throws IOException {
    MqttPort port = new MqttPort(world, door, world.network().listen(address));
    world.tasks().start("MQTT port", port::listen);
    return port;
  }

  /// The address that others connect to.
  public InetSocketAddress address() {
    return listener.address();
  }

  /// Takes no more connections; those that are open are the door's.
  @Override
  public void close() {
    closed = true;
    listener.close();
  }

  private void listen() {
    while (!closed) {
      try {
        Network.Connection connection = listener.accept();
        world.tasks().start("mqtt client", () -> door.serve(connection));
      } catch (ClosedChannelException over) {
        return;
      } catch (IOException failure) {
        world.log().warning("the MQTT port could not take a connection: " + failure);
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
