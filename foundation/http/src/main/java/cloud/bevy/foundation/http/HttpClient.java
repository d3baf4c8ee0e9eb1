package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.World;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// Speaks HTTP/1.1 to programs on this machine or near it, over TCP, TLS and unix domain sockets,
/// with blocking calls for virtual threads. Connections are kept for the next request and closed a
/// few seconds after the last one. One client serves the whole process; until its first request and
/// after the last connection is closed it costs nothing but a sleeping thread.
public final class HttpClient implements AutoCloseable {
  /// Netty's own limit for connecting comes first.
  private static final Duration GRACE = Duration.ofMillis(100);

  private final World world;
  private final EventLoops loops = EventLoops.open("bevy-http-client", 1);
  private final Budget budget = new Budget();
  private final Set<ClientConnection> all = ConcurrentHashMap.newKeySet();
  private final IdleConnections idle = new IdleConnections();

  private final Trust trust;
  private volatile @Nullable SSLContext context;

  private HttpClient(World world, Trust trust) {
    this.world = world;
    this.trust = trust;
  }

  /// A client that has not connected to anything yet. Over TLS it trusts [Authorities#usual].
  public static HttpClient open(World world) {
    return open(world, Authorities.usual(world.disk()));
  }

  /// The same that trusts others.
  public static HttpClient open(World world, Trust trust) {
    return new HttpClient(world, trust);
  }

  /// Who is trusted.
  @FunctionalInterface
  public interface Trust {
    /// Asked once, with the first connection over TLS.
    SSLContext context() throws GeneralSecurityException;
  }

  /// Sends a request and waits for the head of the answer. The answer must be closed. A request
  /// without a body that changes nothing (`GET`, `HEAD`, `OPTIONS`) is sent once more where a kept
  /// connection turns out to be closed.
  ///
  /// @param peer an `InetSocketAddress`, a `UnixDomainSocketAddress` or a [TlsAddress]
  /// @param deadline for connecting, and again for the answer's head to arrive
  /// @throws java.net.ConnectException if nobody listens at `peer`
  /// @throws java.net.SocketTimeoutException if the deadline passed
  /// @throws javax.net.ssl.SSLException if the peer's certificate is not for its name or not
  ///   trusted
  /// @throws IOException if the peer closed the connection or does not speak HTTP
  public ClientResponse send(SocketAddress peer, ClientRequest request, Duration deadline)
      throws IOException {
    ClientConnection kept = idle.take(peer);
    if (kept != null) {
      try {
        return exchange(kept, request, deadline);
      } catch (ClientConnection.ConnectionLost lost) {
        if (!repeatable(request)) {
          throw lost;
        }
      }
    }
    return exchange(connect(peer, deadline), request, deadline);
  }

  /// Connects to a WebSocket.
  ///
  /// @param peer as for [#send]
  /// @param request a `GET` without a body; the headers of the handshake are added
  /// @param terms what is put up with of what the other side sends
  /// @param deadline for connecting, and again for the answer
  /// @throws WebSocketRefused if the peer answers, but does not want to
  /// @throws IOException as [#send]
  public WebSocket webSocket(
      SocketAddress peer, ClientRequest request, WebSocketTerms terms, Duration deadline)
      throws IOException {
    WebSocketRequest asked = new WebSocketRequest(Handshake.newKey(world.chance()), terms);
    ClientConnection connection = connect(peer, deadline);
    connection.expectWebSocket(asked);
    try (ClientResponse response = exchange(connection, asked.with(request), deadline)) {
      return asked.opened().orElseThrow(() -> new WebSocketRefused(peer, response.status()));
    }
  }

  /// How many connections are open.
  public int connections() {
    return all.size();
  }

  /// Closes all connections, also those in use.
  @Override
  public void close() {
    all.forEach(ClientConnection::abort);
    loops.close();
  }

  Budget budget() {
    return budget;
  }

  World world() {
    return world;
  }

  /// Takes in a connection that was opened.
  void opened(ClientConnection connection) {
    all.add(connection);
  }

  /// Takes back a connection for the next request.
  ///
  /// @return whether it is wanted
  boolean keep(ClientConnection connection) {
    return idle.add(connection);
  }

  /// Takes a connection that is about to be closed out of those that wait.
  ///
  /// @return whether it was there: if not, a request is about to be sent on it
  boolean retire(ClientConnection connection) {
    return idle.remove(connection);
  }

  /// Forgets a connection that is closed.
  void forget(ClientConnection connection) {
    all.remove(connection);
    idle.remove(connection);
  }

  private static boolean repeatable(ClientRequest request) {
    boolean harmless =
        switch (request.method()) {
          case "GET", "HEAD", "OPTIONS" -> true;
          default -> false;
        };
    return harmless && request.body() instanceof ClientRequest.Body.Empty;
  }

  private ClientResponse exchange(
      ClientConnection connection, ClientRequest request, Duration deadline) throws IOException {
    ClientConnection.Call call = connection.expect(request.method());
    RequestBody body = new RequestBody(this, connection, request, call);
    try {
      body.send();
      return world.tasks().await(call.answer(), deadline);
    } catch (TimeoutException late) {
      connection.abort();
      throw new SocketTimeoutException(
          connection.peer() + " did not answer within " + deadline.toMillis() + " ms");
    } catch (InterruptedException stopped) {
      connection.abort();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for an answer");
    } catch (CompletionException failed) {
      connection.abort();
      throw body.reason(failed.getCause());
    }
  }

  private ClientConnection connect(SocketAddress peer, Duration deadline) throws IOException {
    SocketAddress address = peer instanceof TlsAddress secure ? secure.address() : peer;
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loops.group())
            .channel(
                address instanceof InetSocketAddress
                    ? NioSocketChannel.class
                    : NioDomainSocketChannel.class)
            .option(ChannelOption.ALLOCATOR, EventLoops.allocator())
            .option(ChannelOption.RECVBUF_ALLOCATOR, EventLoops.reading())
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(deadline))
            .handler(new Departures(peer, engine(peer), deadline));
    CompletableFuture<Channel> connected = new CompletableFuture<>();
    ChannelFuture attempt = bootstrap.connect(address);
    var _ =
        attempt.addListener(done -> {
          if (done.isSuccess()) {
            greet(attempt.channel(), connected);
          } else {
            connected.completeExceptionally(done.cause());
          }
        });
    try {
      Channel channel = world.tasks().await(connected, deadline.plus(GRACE));
      return channel.pipeline().get(ClientConnection.class);
    } catch (CompletionException | TimeoutException refused) {
      attempt.cancel(true);
      throw refusal(peer, refused);
    } catch (InterruptedException stopped) {
      attempt.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting to " + peer);
    }
  }

  /// What speaks TLS to a peer; nothing where that is not wanted.
  private @Nullable SSLEngine engine(SocketAddress peer) throws SSLException {
    if (!(peer instanceof TlsAddress secure)) {
      return null;
    }
    SSLContext known = context;
    try {
      if (known == null) {
        known = trust.context();
        context = known;
      }
    } catch (GeneralSecurityException unusable) {
      throw new SSLException("there is no TLS here: " + unusable.getMessage(), unusable);
    }
    SSLEngine engine = known.createSSLEngine(secure.host(), secure.address().getPort());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }

  /// A connection over TLS is one only after its handshake.
  private static void greet(Channel channel, CompletableFuture<Channel> connected) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      connected.complete(channel);
      return;
    }
    var _ =
        tls.handshakeFuture()
            .addListener(done -> {
              if (done.isSuccess()) {
                connected.complete(channel);
              } else {
                connected.completeExceptionally(done.cause());
              }
            });
  }

  private static IOException refusal(SocketAddress peer, Exception refused) {
    if (refused.getCause() instanceof SSLException untrusted) {
      return new SSLException("no TLS connection to " + peer + ": " + reason(untrusted), untrusted);
    }
    boolean late = refused.getCause() instanceof ConnectTimeoutException;
    if (late || refused instanceof TimeoutException) {
      return new SocketTimeoutException("could not connect to " + peer + " in time");
    }
    ConnectException failure = new ConnectException("nobody listens at " + peer);
    failure.initCause(refused.getCause());
    return failure;
  }

  /// What is wrong, for people.
  private static String reason(SSLException refused) {
    if (refused instanceof NotSslRecordException) {
      return "it does not speak TLS";
    }
    Throwable root = refused;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof CertPathBuilderException
        ? "nobody who is trusted here has signed its certificate"
        : String.valueOf(root.getMessage());
  }

  private static int millis(Duration deadline) {
    return Math.clamp(deadline.toMillis(), 1, Integer.MAX_VALUE);
  }

  /// Sets up each new connection.
  private final class Departures extends ChannelInitializer<DuplexChannel> {
    private final SocketAddress peer;
    private final @Nullable SSLEngine engine;
    private final Duration deadline;

    Departures(SocketAddress peer, @Nullable SSLEngine engine, Duration deadline) {
      this.peer = peer;
      this.engine = engine;
      this.deadline = deadline;
    }

    @Override
    protected void initChannel(DuplexChannel channel) {
      if (engine != null) {
        SslHandler tls = new SslHandler(engine);
        tls.setHandshakeTimeoutMillis(millis(deadline));
        channel.pipeline().addLast(tls);
      }
      ResponseDecoder decoder = new ResponseDecoder();
      ClientConnection connection = new ClientConnection(HttpClient.this, peer, channel, decoder);
      channel.pipeline().addLast(decoder, connection);
    }
  }
}
