package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.World;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A listener that speaks HTTP/1.1 and has each request answered by a [Handler] on a virtual thread
/// of its own. Costs one thread that sleeps while there is no traffic; there are timers only while
/// connections are open.
@SuppressWarnings("FutureReturnValueIgnored") // Nothing depends on how a socket closes.
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 1_024;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final World world;
  private final HttpLimits limits;
  private final Handler handler;
  private final EventLoops loops;
  private final Budget budget = new Budget();
  private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger webSockets = new AtomicInteger();
  private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
  private volatile boolean closing;
  private volatile Dated dated = new Dated(0, "");
  private volatile Channel listener;

  /// A second, and how a `Date` header says it.
  private record Dated(long second, String text) {}

  private HttpServer(World world, HttpLimits limits, Handler handler, SocketAddress address)
      throws IOException {
    this.world = world;
    this.limits = limits;
    this.handler = handler;
    this.loops = EventLoops.open("bevy-http", EventLoops.threads());
    this.listener = listen(address);
  }

  /// Listens and begins to answer. Port 0 takes a free one.
  ///
  /// @throws IOException if the address cannot be had
  public static HttpServer start(
      World world, HttpLimits limits, InetSocketAddress address, Handler handler)
      throws IOException {
    return new HttpServer(world, limits, handler, address);
  }

  /// Listens at a file, for programs on this machine that may write to it.
  ///
  /// @throws IOException if there is something at that path, or the path is too long for a socket
  public static HttpServer start(
      World world, HttpLimits limits, UnixDomainSocketAddress address, Handler handler)
      throws IOException {
    return new HttpServer(world, limits, handler, address);
  }

  /// The address that others connect to.
  ///
  /// @throws ClassCastException if that is a file
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /// How many requests are being handled.
  public int inFlight() {
    return inFlight.get();
  }

  /// How many of them do not wait for their callers.
  int working() {
    return working.get();
  }

  /// How many connections are open.
  public int connections() {
    return open.get();
  }

  /// How many of the connections are WebSockets, which are not requests in flight.
  public int webSockets() {
    return webSockets.get();
  }

  /// Takes no more connections and requests, lets those in flight finish until the deadline, tells
  /// WebSockets that it is over, and closes everything.
  ///
  /// @return whether all requests in flight were answered
  public boolean close(Duration deadline) throws InterruptedException {
    closing = true;
    listener.close();
    connections.forEach(each -> each.channel().eventLoop().execute(each::closeIfIdle));
    completeIfDrained();
    try {
      return world.tasks().await(drained, deadline);
    } catch (TimeoutException late) {
      return false;
    } finally {
      close();
    }
  }

  /// Closes everything at once.
  @Override
  public void close() {
    closing = true;
    listener.close();
    connections.forEach(each -> each.channel().close());
    loops.close();
  }

  World world() {
    return world;
  }

  HttpLimits limits() {
    return limits;
  }

  Budget budget() {
    return budget;
  }

  Handler handler() {
    return handler;
  }

  boolean closing() {
    return closing;
  }

  /// Takes in one more request, if there is room for it.
  boolean admits() {
    if (working.incrementAndGet() <= limits.room().requests()) {
      inFlight.incrementAndGet();
      return true;
    }
    working.decrementAndGet();
    return false;
  }

  /// The share in the work of a request that was taken in.
  Work work() {
    return new Work(working);
  }

  /// Says that a request that was taken in is over.
  void settled() {
    inFlight.decrementAndGet();
    completeIfDrained();
  }

  /// Makes a WebSocket of a request that was taken in.
  void upgraded() {
    webSockets.incrementAndGet();
    settled();
  }

  /// Says that a WebSocket is over.
  void webSocketEnded() {
    webSockets.decrementAndGet();
    completeIfDrained();
  }

  /// Forgets a connection that is closed.
  void forget(ServerConnection connection) {
    if (connections.remove(connection) && open.decrementAndGet() == 0) {
      EventLoops.allocator().clear();
    }
  }

  /// The time as RFC 9110, section 5.6.7 has it.
  String date() {
    long second = world.time().now().getEpochSecond();
    Dated known = dated;
    if (known.second() != second) {
      known = new Dated(second, DATE.format(Instant.ofEpochSecond(second)));
      dated = known;
    }
    return known.text();
  }

  private void completeIfDrained() {
    if (closing && inFlight.get() == 0 && webSockets.get() == 0) {
      drained.complete(true);
    }
  }

  /// Has the connection closed that has not had a request for longest. It is looked for among all,
  /// as that costs nothing while there is room.
  ///
  /// @return whether there is one
  private boolean makesRoom() {
    @Nullable ServerConnection longest = null;
    for (ServerConnection each : connections) {
      if (longest == null || each.rest().isLongerThan(longest.rest())) {
        longest = each;
      }
    }
    if (longest == null || !longest.rest().take()) {
      return false;
    }
    longest.channel().eventLoop().execute(longest::makeWay);
    return true;
  }

  private Channel listen(SocketAddress address) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.ALLOCATOR, EventLoops.allocator())
            .childOption(ChannelOption.ALLOCATOR, EventLoops.allocator())
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, EventLoops.reading())
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(new Arrivals());
    if (address instanceof InetSocketAddress) {
      bootstrap
          .channel(NioServerSocketChannel.class)
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true);
    } else {
      bootstrap.channel(NioServerDomainSocketChannel.class);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.close();
      throw new IOException("cannot listen on " + address, bound.cause());
    }
    return bound.channel();
  }

  /// Sets up each new connection.
  private final class Arrivals extends ChannelInitializer<DuplexChannel> {
    @Override
    protected void initChannel(DuplexChannel channel) {
      if (open.incrementAndGet() > limits.room().connections() && !makesRoom()) {
        open.decrementAndGet();
        channel
            .writeAndFlush(Answering.refusal(503, "too many connections: try again", date()))
            .addListener(ChannelFutureListener.CLOSE);
        return;
      }
      RequestDecoder decoder = new RequestDecoder(limits.head());
      ServerConnection connection = new ServerConnection(HttpServer.this, channel, decoder);
      connections.add(connection);
      channel.pipeline().addLast(decoder, connection);
    }
  }
}
