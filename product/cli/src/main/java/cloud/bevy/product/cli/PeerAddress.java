package cloud.bevy.product.cli;

import cloud.bevy.doors.replication.ReplicationDoor;
import cloud.bevy.doors.replication.WebSocketDuplex;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.foundation.http.TlsAddress;
import cloud.bevy.foundation.http.WebSocketTerms;
import cloud.bevy.hyper.stream.Duplex;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/// Where a peer can be reached: `HOST:PORT` for TCP, `ws://HOST:PORT/PATH`, or `wss://HOST/PATH`
/// for a WebSocket over TLS, whose certificate must be one that the client trusts.
///
/// @param text as it was given
/// @param host a name or an address
/// @param target of the WebSocket; nothing for TCP
record PeerAddress(String text, String host, int port, Optional<String> target) {
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final String WEB_SOCKET = "ws://";
  private static final String SECURE_WEB_SOCKET = "wss://";
  private static final int WEB_SOCKET_PORT = 80;
  private static final int SECURE_WEB_SOCKET_PORT = 443;
  private static final int HIGHEST_PORT = 65_535;

  /// Reads an address.
  ///
  /// @throws CommandFault if it is none
  static PeerAddress parse(String text) {
    boolean secure = text.startsWith(SECURE_WEB_SOCKET);
    boolean web = secure || text.startsWith(WEB_SOCKET);
    int usual = secure ? SECURE_WEB_SOCKET_PORT : WEB_SOCKET_PORT;
    try {
      URI uri = new URI(web ? text : "tcp://" + text);
      int port = uri.getPort() < 0 && web ? usual : uri.getPort();
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
        "write HOST:PORT for TCP, ws://HOST:PORT"
            + ReplicationDoor.PATH
            + ", or wss:// where TLS is in front of it");
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
    SocketAddress peer =
        text.startsWith(SECURE_WEB_SOCKET) ? TlsAddress.of(address, host) : address;
    return new WebSocketDuplex(client.webSocket(peer, request, WebSocketTerms.BYTES, DEADLINE));
  }
}
