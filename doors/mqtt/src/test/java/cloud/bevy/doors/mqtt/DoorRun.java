package cloud.bevy.doors.mqtt;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.TcpPort;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.messages.Broker;
import cloud.bevy.testing.simulator.Simulation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// A door in simulated time, with a cloud behind it.
final class DoorRun implements AutoCloseable {
  final World world;
  final Clouds clouds;
  final MqttDoor door;
  final TcpPort port;
  final AccessKey key;

  DoorRun(World world) throws IOException {
    this.world = world;
    this.clouds = Clouds.open(world, Path.of("/home"), CloudLimits.defaults());
    clouds.create("home");
    this.door = new MqttDoor(world, clouds, new Broker());
    this.port = TcpPort.open(world, "mqtt", new InetSocketAddress("127.0.0.1", 0), door::serve);
    this.key = key(AccessKeyLimits.NONE);
  }

  interface Body {
    void run(DoorRun run) throws Exception;
  }

  static void play(Body body) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (DoorRun run = new DoorRun(world)) {
                    body.run(run);
                  }
                }));
  }

  AccessKey key(AccessKeyLimits limits) {
    try (Lease lease = clouds.open("home").orElseThrow()) {
      return lease.cloud().createAccessKey("test", limits);
    }
  }

  Wire wire() throws IOException {
    return new Wire(world, port.address());
  }

  /// Somebody who is let in.
  Wire client(int version, String name) throws IOException {
    return client(version, name, key);
  }

  Wire client(int version, String name, AccessKey with) throws IOException {
    Wire wire = wire().send(Wire.connect(version, name, with.id(), with.secret()));
    String answer = wire.next();
    if (!answer.startsWith("200000")) {
      throw new AssertionError("answered " + answer);
    }
    return wire;
  }

  @Override
  public void close() {
    port.close();
    door.close();
    clouds.close();
  }
}
