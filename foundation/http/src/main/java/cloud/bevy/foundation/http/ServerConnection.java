package cloud.bevy.foundation.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One connection of an [HttpServer]: one request after the other, each answered before the next is
/// decoded. Confined to its event loop, except where a method says otherwise. The socket is read
/// only when somebody wants the bytes.
@SuppressWarnings("FutureReturnValueIgnored") // Nothing depends on how a socket closes.
final class ServerConnection extends ChannelInboundHandlerAdapter {
  /// How long a caller that is still sending is listened to after its last answer, so that it reads
  /// that answer before it finds the connection closed.
  private static final Duration LINGER = Duration.ofSeconds(2);

  private static final int NO_FAULT = 0;

  /// What the connection is about.
  private enum Phase {
    /// Waiting for a request.
    HEAD,
    /// A request is being answered.
    EXCHANGE,
    /// It was answered, and the next one is about to be decoded.
    BETWEEN,
    /// HTTP is over: messages go both ways.
    WEB_SOCKET,
    /// The last words are being written.
    REFUSED,
    /// Nothing more will be said, and nothing that comes is listened to.
    LINGER
  }

  private final HttpServer server;
  private final HttpLimits limits;
  private final RequestDecoder decoder;
  private final DuplexChannel channel;
  private final Deadline reading;
  private final Outbound out;
  private Phase phase = Phase.HEAD;
  private boolean headBegun;
  private boolean decoding;
  private @Nullable ServerExchange exchange;
  private volatile @Nullable WebSocketConnection webSocket;
  private final Rest rest = new Rest();
  private volatile @Nullable Work work;
  private boolean admitted;
  private boolean returned;
  private final BodyCount count = new BodyCount();
  private volatile int bodyFault = NO_FAULT;

  ServerConnection(HttpServer server, DuplexChannel channel, RequestDecoder decoder) {
    this.server = server;
    this.limits = server.limits();
    this.channel = channel;
    this.decoder = decoder;
    this.reading = new Deadline(channel.eventLoop(), server.world().time(), this::readTooSlow);
    Deadline writing = new Deadline(channel.eventLoop(), server.world().time(), this::abort);
    Outbound.Pace pace = new Outbound.Pace(writing, limits.pace().write());
    this.out = new Outbound(channel, server.budget(), pace, this::advance);
  }

  /// Where the caller is. From any task.
  InetSocketAddress remote() {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address
        : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /// The way out. From any task.
  Outbound out() {
    return out;
  }

  /// How much of the announced body has not arrived; -1 if that is not known. From any task.
  long unreceived() {
    return count.unreceived();
  }

  /// How much of an unread body is thrown away to keep the connection. From any task.
  long drainBytes() {
    return limits.room().drainBytes();
  }

  /// The status for a caller whose body could not be received, or 0. From any task.
  int bodyFault() {
    return bodyFault;
  }

  /// Whether the server is about to stop. From any task.
  boolean closing() {
    return server.closing();
  }

  /// The time as headers have it. From any task.
  String date() {
    return server.date();
  }

  /// The clock that durations are measured with. From any task.
  long nanos() {
    return server.world().time().nanos();
  }

  /// Sends something that does not wait for room and need not arrive. From any task.
  void post(ByteBuf bytes) {
    try {
      channel.eventLoop().execute(() -> out.writeNow(bytes));
    } catch (RejectedExecutionException stopped) {
      bytes.release();
    }
  }

  /// Says that the handler has returned. From the handler's task.
  void handlerReturned(ServerExchange answered) {
    workIsOver();
    try {
      channel.eventLoop().execute(() -> finish(answered));
    } catch (RejectedExecutionException stopped) {
      if (webSocket == null) {
        server.settled();
      }
    }
  }

  /// Makes a WebSocket of the connection. From the handler's task.
  ///
  /// @param head the answer that says so
  WebSocket upgrade(ByteBuf head, WebSocketTerms terms) throws IOException {
    WebSocketConnection.Line line =
        new WebSocketConnection.Line(channel, out, server.budget(), this::webSocketGone);
    WebSocketConnection next = new WebSocketConnection(server.world(), line, terms, false);
    try {
      channel.eventLoop().execute(() -> turnInto(next, head));
    } catch (RejectedExecutionException stopped) {
      head.release();
      throw new IOException("the server has stopped", stopped);
    }
    return new WebSocket(next, remote(), terms);
  }

  /// Closes the connection unless a request is being answered. A WebSocket is not waited for.
  void closeIfIdle() {
    if (phase == Phase.HEAD) {
      channel.close();
    } else if (phase == Phase.WEB_SOCKET) {
      upgraded().leave();
    }
  }

  /// Since when the connection could be closed to make room for another one. From any task.
  Rest rest() {
    return rest;
  }

  /// Closes the connection to make room for another one, unless a request has come in between.
  void makeWay() {
    boolean answered = phase == Phase.EXCHANGE && returned && out.empty();
    if (answered || phase == Phase.HEAD || phase == Phase.LINGER) {
      channel.close();
    }
  }

  Channel channel() {
    return channel;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    rest.begin(nanos());
    reading.set(limits.pace().head());
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    decoding = true;
    try {
      if (phase == Phase.HEAD && message instanceof HttpRequest request) {
        begin(request);
      } else if (phase == Phase.EXCHANGE && message instanceof HttpContent content) {
        receive(content);
      }
    } finally {
      decoding = false;
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    switch (phase) {
      case HEAD -> {
        watchHead();
        context.read();
      }
      case EXCHANGE -> {
        if (current().inbound().wantsMore()) {
          context.read();
        } else {
          reading.clear();
        }
      }
      case LINGER -> context.read();
      case BETWEEN, WEB_SOCKET, REFUSED -> reading.clear();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    IOException gone = new IOException("the caller closed the connection");
    reading.cancel();
    out.end(gone);
    if (phase == Phase.EXCHANGE) {
      current().inbound().fail(gone);
      settle();
    }
    server.forget(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      server.world().log().error("a connection was closed, which is a fault of bevy: " + cause);
    }
    context.close();
  }

  private void begin(HttpRequest request) {
    reading.clear();
    rest.end();
    headBegun = false;
    switch (RequestHead.read(request, limits.head())) {
      case RequestHead.Reading.Refused refused -> refuse(refused.status(), refused.reason());
      case RequestHead.Reading.Sound sound when server.admits() -> start(sound.head());
      case RequestHead.Reading.Sound sound -> refuse(503, "too many requests at once: try again");
    }
  }

  private void start(RequestHead head) {
    Work begun = server.work();
    work = begun;
    out.notice(begun);
    Inbound body = new Inbound(server.budget(), this::askForBody, begun);
    ServerExchange started =
        new ServerExchange(this, head, server.world().chance().nextLong(), body);
    exchange = started;
    admitted = true;
    returned = false;
    count.begin(head.contentLength());
    phase = Phase.EXCHANGE;
    if (head.contentLength() == 0) {
      started.received(); // the answer may begin before the end of no body is decoded
    }
    server.world().tasks().start("http request", new Answering(server, this, started));
  }

  private void receive(HttpContent content) {
    Inbound body = current().inbound();
    if (content.decoderResult().isFailure()) {
      failBody(400, new IOException("the body is not in chunks as RFC 9112 has them"));
      return;
    }
    if (count.add(content.content().readableBytes(), returned)) {
      reading.set(limits.pace().body());
    }
    body.offer(content.content().retain());
    if (content instanceof LastHttpContent) {
      reading.clear();
      current().received();
      body.end();
      advance();
    } else if (returned && count.thrownAway() > drainBytes()) {
      linger();
    }
  }

  /// From the task that reads the body.
  private void askForBody() {
    try {
      channel.eventLoop().execute(this::readBody);
    } catch (RejectedExecutionException stopped) {
      current().inbound().fail(new IOException("the server has stopped", stopped));
    }
  }

  private void readBody() {
    if (phase == Phase.EXCHANGE && !current().inbound().ended()) {
      if (!reading.isSet()) {
        reading.set(limits.pace().body());
      }
      channel.read();
    }
  }

  private void watchHead() {
    if (!headBegun && decoder.hasBegun()) {
      headBegun = true;
      reading.set(limits.pace().head());
    }
  }

  /// A WebSocket may last for days: it does not count among the requests that are being handled.
  private void turnInto(WebSocketConnection next, ByteBuf head) {
    if (!channel.isActive() || phase != Phase.EXCHANGE) {
      head.release();
      next.stillborn();
      return;
    }
    phase = Phase.WEB_SOCKET;
    webSocket = next;
    admitted = false;
    workIsOver();
    server.upgraded();
    reading.cancel();
    out.writeNow(head);
    channel.pipeline().replace(this, null, next);
    channel.pipeline().remove(decoder);
    next.start();
    if (server.closing()) {
      next.leave();
    }
  }

  private void webSocketGone() {
    server.forget(this);
    server.webSocketEnded();
  }

  private void finish(ServerExchange answered) {
    returned = true;
    if (phase == Phase.WEB_SOCKET) {
      upgraded().close(answered.complete() ? CloseCode.NORMAL : CloseCode.FAILED, "");
      return;
    }
    answered.inbound().discard();
    if (!answered.complete()) {
      abort();
    }
    if (!channel.isActive()) {
      settle();
      return;
    }
    advance();
  }

  /// Goes on where nothing is left to be done for the request, or for the last words.
  private void advance() {
    if (phase == Phase.REFUSED && out.empty()) {
      linger();
    }
    if (phase != Phase.EXCHANGE || !returned || !out.empty()) {
      return;
    }
    settle();
    Inbound body = current().inbound();
    if (current().last() || body.failure() != null || unreceived() > drainBytes()) {
      linger();
    } else if (body.ended()) {
      phase = Phase.BETWEEN;
      goOn();
    } else {
      rest.begin(nanos());
      body.askToDiscard();
    }
  }

  /// The decoder may not be entered while it is in use.
  private void goOn() {
    if (decoding) {
      channel.eventLoop().execute(this::next);
    } else {
      next();
    }
  }

  private void next() {
    if (!channel.isActive()) {
      return;
    }
    if (server.closing()) {
      linger();
      return;
    }
    phase = Phase.HEAD;
    rest.begin(nanos());
    reading.set(limits.pace().idle());
    try {
      if (!decoder.resume(channel.pipeline().context(decoder))) {
        watchHead();
        channel.read();
      }
    } catch (Exception broken) {
      channel.pipeline().fireExceptionCaught(broken);
    }
  }

  private void refuse(int status, String reason) {
    phase = Phase.REFUSED;
    out.writeNow(Answering.refusal(status, reason, server.date()));
  }

  private void linger() {
    if (phase == Phase.EXCHANGE) {
      settle();
    }
    boolean silent = phase != Phase.REFUSED && current().inbound().ended() && !decoder.holdsMore();
    phase = Phase.LINGER;
    if (silent || !channel.isActive()) {
      channel.close();
      return;
    }
    channel.pipeline().remove(decoder);
    channel.shutdownOutput();
    rest.begin(nanos());
    reading.set(LINGER);
    channel.read();
  }

  private void readTooSlow() {
    switch (phase) {
      case HEAD -> {
        if (headBegun) {
          refuse(408, "the request took too long");
        } else {
          channel.close();
        }
      }
      case EXCHANGE -> failBody(408, new SocketTimeoutException("the body took too long"));
      case BETWEEN, WEB_SOCKET, REFUSED, LINGER -> channel.close();
    }
  }

  private void failBody(int status, IOException cause) {
    bodyFault = status;
    current().inbound().fail(cause);
    advance();
  }

  /// Resets the connection, so that nobody takes half an answer for a whole one.
  private void abort() {
    if (channel.isActive()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }

  private void settle() {
    if (returned && admitted) {
      admitted = false;
      server.settled();
    }
  }

  private void workIsOver() {
    if (work != null) {
      work.over();
    }
  }

  private WebSocketConnection upgraded() {
    if (webSocket == null) {
      throw new IllegalStateException("there is no WebSocket in phase " + phase);
    }
    return webSocket;
  }

  private ServerExchange current() {
    if (exchange == null) {
      throw new IllegalStateException("there is no request in phase " + phase);
    }
    return exchange;
  }
}
