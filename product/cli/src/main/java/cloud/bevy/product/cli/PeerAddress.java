package cloud.bevy.product.cli;

import cloud.bevy.doors.replication.ReplicationDoor;
import cloud.bevy.doors.replication.WebSocketDuplex;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.foundation.http.WebSocketTerms;
import cloud.bevy.hyper.stream.Duplex;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/// Where a peer can be reached: `HOST:PORT` for TCP, or `ws://HOST:PORT/PATH`.
///
/// @param text as it was given
/// @param host a name or an address
/// @param target of the WebSocket; nothing for TCP
record PeerAddress(String text, String host, int port, Optional<String> target) {
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final String WEB_SOCKET = "ws://";
  private static final int WEB_SOCKET_PORT = 80;
  private static final int HIGHEST_PORT = 65_535;

  /// Reads an address.
  ///
  /// @throws CommandFault if it is none
  static PeerAddress parse(String text) {
    if (text.startsWith("wss://")) {
      throw new CommandFault(
          ExitCode.USAGE,
          "bevy does not speak TLS yet: \"" + text + "\" cannot be reached",
          "use ws://, through a tunnel where the way is not safe; the stream itself is encrypted");
    }
    boolean web = text.startsWith(WEB_SOCKET);
    try {
      URI uri = new URI(web ? text : "tcp://" + text);
      int port = uri.getPort() < 0 && web ? WEB_SOCKET_PORT : uri.getPort();
      boolean plain = web || (uri.getRawPath().isEmpty() && uri.getRawQuery() == null);
      if (uri.getHost() != null && port > 0 && port <= HIGHEST_PORT && plain) {
        Optional<String> target = web ? Optional.of(target(uri)) : Optional.empty();
        return new PeerAddress(text, uri.getHost(), port, target);
      }
    } catch (URISyntaxException malformed) {
      // Told below.
    }
    throw new CommandFault(
        ExitCode.USAGE,
        "\"" + text + "\" is not the address of a peer",
        "write HOST:PORT for TCP, or ws://HOST:PORT" + ReplicationDoor.PATH);
  }

  private static String target(URI uri) {
    String path = uri.getRawPath().isEmpty() ? ReplicationDoor.PATH : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
  }

  /// Connects.
  Duplex connect(World world, HttpClient client) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("the name " + host + " is not known");
    }
    if (target.isEmpty()) {
      return Duplex.over(world.network().connect(address, DEADLINE));
    }
    ClientRequest request = ClientRequest.of("GET", target.get());
    request.headers().set("Host", host + ':' + port);
    return new WebSocketDuplex(client.webSocket(address, request, WebSocketTerms.BYTES, DEADLINE));
  }
}
