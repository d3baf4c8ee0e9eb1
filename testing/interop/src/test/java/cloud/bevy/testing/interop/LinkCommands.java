package cloud.bevy.testing.interop;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.foundation.http.WebSocket;
import cloud.bevy.foundation.http.WebSocketTerms;
import cloud.bevy.hyper.replication.Link;
import cloud.bevy.hyper.stream.Duplex;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/// Connections of the peer: the same as `lib/links.mjs` makes.
final class LinkCommands {
  private final Holdings holdings;
  private final KeyPair self;
  private final HttpClient client;

  LinkCommands(Holdings holdings) {
    this.holdings = holdings;
    this.self = holdings.corestore.keyPair("peer");
    this.client = HttpClient.open(holdings.world);
  }

  Map<String, Command> all() {
    return Map.of(
        "tcp.listen", this::listen,
        "tcp.connect", this::connect,
        "web.listen", this::listenWeb,
        "web.connect", this::connectWeb,
        "links", _ -> Map.of("links", holdings.replication.links().size()),
        "hangup", this::hangUp);
  }

  private static InetSocketAddress here(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private Object listen(Request request) throws IOException {
    Network.Listener listener = holdings.world.network().listen(here(0));
    holdings.world.tasks().start("listener", () -> acceptAll(listener));
    return Map.of("port", listener.address().getPort());
  }

  private void acceptAll(Network.Listener listener) {
    while (true) {
      try {
        Network.Connection connection = listener.accept();
        holdings.world.tasks().start("peer", () -> accept(Duplex.over(connection)));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private void accept(Duplex bytes) {
    try {
      join(SecretStream.accept(holdings.world, bytes, self, StreamOptions.STANDARD));
    } catch (IOException refused) {
      System.err.println("refused: " + refused);
    }
  }

  private Link join(SecretStream stream) {
    return holdings.replication.join(stream);
  }

  private Object connect(Request request) throws IOException {
    Network.Connection connection =
        holdings.world.network().connect(here(request.small("port")), Holdings.PATIENCE);
    return initiate(Duplex.over(connection));
  }

  private Object initiate(Duplex bytes) throws IOException {
    join(SecretStream.initiate(holdings.world, bytes, self, StreamOptions.STANDARD));
    return Map.of();
  }

  private Object listenWeb(Request request) throws IOException {
    HttpServer server =
        HttpServer.start(holdings.world, HttpLimits.DEFAULT, here(0), this::serveWeb);
    return Map.of("port", server.address().getPort());
  }

  /// The socket lives until this returns.
  private void serveWeb(Exchange exchange) throws IOException {
    Optional<WebSocket> socket = exchange.webSocket(WebSocketTerms.BYTES);
    if (socket.isPresent()) {
      Duplex bytes = new WebDuplex(socket.get());
      Link link = join(SecretStream.accept(holdings.world, bytes, self, StreamOptions.STANDARD));
      link.ended().toCompletableFuture().join();
    }
  }

  private Object connectWeb(Request request) throws IOException {
    WebSocket socket =
        client.webSocket(
            here(request.small("port")),
            ClientRequest.of("GET", "/"),
            WebSocketTerms.BYTES,
            Holdings.PATIENCE);
    return initiate(new WebDuplex(socket));
  }

  private Object hangUp(Request request) {
    holdings.replication.links().forEach(Link::close);
    return Map.of();
  }
}
