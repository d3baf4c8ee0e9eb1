package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.World;
import java.net.SocketAddress;
import java.util.Optional;

/// A client's wish to make a [WebSocket] of a connection.
final class WebSocketRequest {
  private static final int SWITCHING = 101;

  private final String key;
  private final WebSocketTerms terms;
  private volatile Optional<WebSocket> opened = Optional.empty();

  WebSocketRequest(String key, WebSocketTerms terms) {
    this.key = key;
    this.terms = terms;
  }

  /// The request with the headers of the handshake.
  ClientRequest with(ClientRequest request) {
    Headers headers = new Headers();
    request.headers().forEach(headers::add);
    Handshake.ask(headers, key);
    return new ClientRequest(
        request.method(), request.target(), headers, new ClientRequest.Body.Empty());
  }

  /// Whether the answer agrees.
  ///
  /// @throws IllegalArgumentException if it pretends to
  boolean agreed(ClientResponse response) {
    if (response.status() != SWITCHING) {
      return false;
    }
    if (!Handshake.agrees(response.headers(), key)) {
      throw new IllegalArgumentException("the answer to the handshake is not for our key");
    }
    return true;
  }

  /// Takes a connection over. On its event loop.
  WebSocketConnection begin(World world, WebSocketConnection.Line line, SocketAddress peer) {
    WebSocketConnection connection = new WebSocketConnection(world, line, terms, true);
    opened = Optional.of(new WebSocket(connection, peer, terms));
    return connection;
  }

  /// What came of it.
  Optional<WebSocket> opened() {
    return opened;
  }
}
