package cloud.bevy.product.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a node is started.
///
/// @param home the state folder
/// @param address where the front door listens; port 0 takes a free one
/// @param names what else this machine is called, beside `localhost`
/// @param replication where Hypercores are exchanged over TCP, if anywhere: the front door does so
///   over WebSockets anyway
/// @param mqtt where MQTT is spoken over TCP, if anywhere: the front door does so over WebSockets
///   anyway
public record NodeOptions(
    Path home,
    InetSocketAddress address,
    List<String> names,
    Optional<InetSocketAddress> replication,
    Optional<MqttAddress> mqtt) {
  /// Where MQTT is spoken over TCP.
  ///
  /// @param must whether the node does not start where that address cannot be had
  public record MqttAddress(InetSocketAddress address, boolean must) {}

  /// Copies the names.
  public NodeOptions {
    names = List.copyOf(names);
  }

  /// A machine that is only known as `localhost`.
  public static NodeOptions of(Path home, InetSocketAddress address) {
    return new NodeOptions(home, address, List.of(), Optional.empty(), Optional.empty());
  }

  /// The same with a port for the exchange of Hypercores over TCP.
  public NodeOptions replicatingAt(InetSocketAddress next) {
    return new NodeOptions(home, address, names, Optional.of(next), mqtt);
  }

  /// The same with a port for MQTT over TCP.
  public NodeOptions speakingMqttAt(MqttAddress next) {
    return new NodeOptions(home, address, names, replication, Optional.of(next));
  }
}
