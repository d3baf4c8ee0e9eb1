package cloud.bevy.testing.interop;

import cloud.bevy.testing.peers.Peer;
import cloud.bevy.testing.peers.Transport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// Who writes, who reads, and what is between them.
enum Route {
  NODE_TO_JAVA(true, false, Transport.TCP),
  JAVA_TO_NODE(false, true, Transport.TCP),
  NODE_TO_JAVA_BY_WEB(true, false, Transport.WEB),
  JAVA_TO_NODE_BY_WEB(false, true, Transport.WEB),

  /// The control: what fails here is wrong with the test.
  NODE_TO_NODE(true, true, Transport.TCP);

  private final boolean nodeWrites;
  private final boolean nodeReads;
  private final Transport transport;

  Route(boolean nodeWrites, boolean nodeReads, Transport transport) {
    this.nodeWrites = nodeWrites;
    this.nodeReads = nodeReads;
    this.transport = transport;
  }

  /// Those that are tested: with `-Dbevy.control`, the control only.
  static Stream<Route> all() {
    boolean control = Boolean.getBoolean("bevy.control");
    return Arrays.stream(values()).filter(route -> control == (route == NODE_TO_NODE));
  }

  /// Those of [#all] on TCP: for what takes long.
  static Stream<Route> direct() {
    return all().filter(route -> route.transport == Transport.TCP);
  }

  Transport transport() {
    return transport;
  }

  Peer writer(Path folder) {
    return nodeWrites ? Peer.node(folder) : JavaPeer.start(folder);
  }

  Peer reader(Path folder) {
    return nodeReads ? Peer.node(folder) : JavaPeer.start(folder);
  }
}
