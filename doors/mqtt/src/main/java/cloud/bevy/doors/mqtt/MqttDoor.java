package cloud.bevy.doors.mqtt;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import cloud.bevy.foundation.http.WebSocket;
import cloud.bevy.foundation.http.WebSocketTerms;
import cloud.bevy.services.messages.Broker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Speaks MQTT 3.1, 3.1.1 and 5.0 with clients: over TCP ([#serve]), and over WebSockets at the
/// front door. Whoever connects names an access key as user and its secret as password, and is in
/// the topics of that key's cloud. Costs nothing while nobody is connected.
public final class MqttDoor implements Handler, AutoCloseable {
  /// The path of the WebSocket on the front door.
  public static final String PATH = "/mqtt";

  /// The most clients at once.
  public static final int MOST_CLIENTS = 16_384;

  private static final int UNAVAILABLE = 503;
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  /// How long clients that are told that the program ends may take to read that.
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final Duration STEP = Duration.ofMillis(10);

  private final World world;
  private final Entrance entrance;
  private final Broker broker;
  private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// @param clouds whose access keys are known
  public MqttDoor(World world, Clouds clouds, Broker broker) {
    this.world = world;
    this.entrance = new Entrance(clouds);
    this.broker = broker;
  }

  Entrance entrance() {
    return entrance;
  }

  Broker broker() {
    return broker;
  }

  /// How many clients are connected, or about to be.
  public int clients() {
    return peers.size();
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (closed || peers.size() >= MOST_CLIENTS) {
      exchange.status(UNAVAILABLE).responseHeaders().set("Retry-After", "60");
      exchange.send("too many clients are connected\n".getBytes(StandardCharsets.UTF_8));
      return;
    }
    if (asks(exchange)) {
      exchange.responseHeaders().set(PROTOCOL, "mqtt");
    }
    // Pages of any origin may connect: what lets them in is what they say and no cookie.
    Optional<WebSocket> socket = exchange.webSocket(WebSocketTerms.BYTES.from(_ -> true));
    if (socket.isPresent()) {
      serve(new Line.Web(socket.get()));
    }
  }

  private static boolean asks(Exchange exchange) {
    return exchange.requestHeaders().all(PROTOCOL).stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .anyMatch(protocol -> protocol.strip().equals("mqtt"));
  }

  /// Serves a connection until it ends, unless there are too many.
  public void serve(Network.Connection connection) {
    if (closed || peers.size() >= MOST_CLIENTS) {
      connection.close();
    } else {
      serve(new Line.Tcp(connection));
    }
  }

  private void serve(Line line) {
    Peer peer = new Peer(world, this, line);
    peers.add(peer);
    try {
      if (closed) {
        line.close();
      } else {
        peer.serve();
      }
    } finally {
      peers.remove(peer);
    }
  }

  /// Tells all clients that it is over, and takes no more.
  @Override
  public void close() {
    closed = true;
    peers.forEach(Peer::leave);
    long begun = world.time().nanos();
    try {
      while (!peers.isEmpty() && world.time().nanos() - begun < FAREWELL.toNanos()) {
        world.tasks().sleep(STEP);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
