package cloud.bevy.doors.replication;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import cloud.bevy.foundation.http.WebSocket;
import cloud.bevy.foundation.http.WebSocketTerms;
import cloud.bevy.hyper.replication.Link;
import cloud.bevy.hyper.replication.Replication;
import cloud.bevy.hyper.stream.Duplex;
import cloud.bevy.hyper.stream.RefusedException;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Lets others read the buckets and tables that were shared, as Hyperdrives and Hyperbees: each
/// connection is a secret stream on which any number of cores are exchanged. Whoever knows a core's
/// key may read it, and nobody learns that there is a core whose key they do not know. What is not
/// shared is not served to anyone.
///
/// Costs nothing while nobody is connected. A cloud whose cores are read need not be open.
public final class ReplicationDoor implements Handler, AutoCloseable {
  /// The path of the WebSocket on the front door.
  public static final String PATH = "/hypercore";

  /// The most peers at once: each may have a message of [#LONGEST_MESSAGE] under way.
  public static final int MOST_PEERS = 64;

  /// The longest message that a peer may send: those who read ask much and send little.
  static final int LONGEST_MESSAGE = 2 << 20;

  private static final int UNAVAILABLE = 503;

  /// After how long it is looked whether a peer is still there, which its stream sees anyway.
  private static final Duration GLANCE = Duration.ofHours(1);

  private final World world;
  private final KeyPair self;
  private final WebSocketTerms terms;
  private final Replication replication;
  private final StreamOptions options;
  private final AtomicInteger peers = new AtomicInteger();
  private volatile boolean closed;

  /// @param clouds what is served
  /// @param origins which web pages may connect, by their `Origin` header
  public ReplicationDoor(World world, Clouds clouds, Predicate<String> origins) {
    this.world = world;
    this.self = clouds.machineKey();
    this.terms = WebSocketTerms.BYTES.from(origins);
    this.replication = clouds.replication();
    this.options = options();
  }

  private static StreamOptions options() {
    StreamOptions usual = StreamOptions.STANDARD;
    return new StreamOptions(
        usual.handshake(), usual.keepAlive(), usual.idle(), usual.write(), LONGEST_MESSAGE);
  }

  /// The public key that peers see, 32 bytes.
  public byte[] publicKey() {
    return self.publicKey();
  }

  /// How many peers are connected.
  public int peers() {
    return peers.get();
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (!enter()) {
      exchange.status(UNAVAILABLE).responseHeaders().set("Retry-After", "60");
      exchange.send("too many peers are connected\n".getBytes(StandardCharsets.UTF_8));
      return;
    }
    try {
      Optional<WebSocket> socket = exchange.webSocket(terms);
      if (socket.isPresent()) {
        converse(new WebSocketDuplex(socket.get()), exchange.remote());
      }
    } finally {
      peers.decrementAndGet();
    }
  }

  /// Serves a connection until it ends, unless there are too many.
  public void serve(Network.Connection connection) {
    if (!enter()) {
      connection.close();
      return;
    }
    try {
      converse(Duplex.over(connection), connection.remote());
    } finally {
      peers.decrementAndGet();
    }
  }

  /// Ends all connections, and takes no more.
  @Override
  public void close() {
    closed = true;
    replication.links().forEach(Link::close);
  }

  private boolean enter() {
    if (!closed && peers.incrementAndGet() <= MOST_PEERS) {
      return true;
    }
    if (!closed) {
      peers.decrementAndGet();
    }
    return false;
  }

  private void converse(Duplex bytes, InetSocketAddress remote) {
    try {
      await(replication.join(SecretStream.accept(world, bytes, self, options)));
    } catch (RefusedException refused) {
      world.log().warning("a peer at " + remote + " was not let in: " + refused.getMessage());
    } catch (IOException broken) {
      world.log().info("a peer at " + remote + " did not come in: " + broken.getMessage());
    }
  }

  private void await(Link link) {
    if (closed) {
      link.close();
    }
    try {
      while (!ended(link)) {
        // It lasts.
      }
    } catch (InterruptedException stopped) {
      link.close();
      Thread.currentThread().interrupt();
    }
  }

  private boolean ended(Link link) throws InterruptedException {
    try {
      world.tasks().await(link.ended(), GLANCE);
      return true;
    } catch (TimeoutException lasting) {
      return false;
    }
  }
}
