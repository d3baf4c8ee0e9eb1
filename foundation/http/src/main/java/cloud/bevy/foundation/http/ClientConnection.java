package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.Time;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One connection of an [HttpClient], used for one request at a time. Its state is changed on its
/// event loop alone; the methods that tasks call say so.
@SuppressWarnings("FutureReturnValueIgnored") // Nothing depends on how a socket closes.
final class ClientConnection extends ChannelInboundHandlerAdapter {
  /// How long the other side may send nothing while its body is waited for, or take nothing of
  /// ours.
  private static final Duration SILENCE = Duration.ofMinutes(5);

  /// How long a connection is kept for the next request: less than the five seconds after which
  /// workerd closes it, so that a request is seldom sent into a closing connection.
  private static final Duration KEPT = Duration.ofSeconds(3);

  private final HttpClient client;
  private final SocketAddress peer;
  private final DuplexChannel channel;
  private final ResponseDecoder decoder;
  private final Outbound out;
  private final Deadline deadline;
  private @Nullable Call call;
  private @Nullable WebSocketRequest webSocket;
  private boolean sent;
  private boolean reusable = true;
  private boolean upgraded;

  /// A request that is being answered.
  record Call(String method, CompletableFuture<ClientResponse> answer, Inbound body) {}

  ClientConnection(
      HttpClient client, SocketAddress peer, DuplexChannel channel, ResponseDecoder decoder) {
    Time time = client.world().time();
    this.client = client;
    this.peer = peer;
    this.channel = channel;
    this.decoder = decoder;
    this.deadline = new Deadline(channel.eventLoop(), time, this::silent);
    Deadline writing = new Deadline(channel.eventLoop(), time, this::silent);
    this.out =
        new Outbound(channel, client.budget(), new Outbound.Pace(writing, SILENCE), () -> {});
  }

  /// The other side's address. From any task.
  SocketAddress peer() {
    return peer;
  }

  /// The way out. From any task.
  Outbound out() {
    return out;
  }

  /// Gets ready for the answer to a request that is about to be sent. From any task.
  ///
  /// @return the call, whose answer is a [ConnectionLost] if the connection ends before it came
  Call expect(String method) {
    CompletableFuture<ClientResponse> answer = new CompletableFuture<>();
    Call next =
        new Call(method, answer, new Inbound(client.budget(), this::askForBody, Waiting.UNNOTICED));
    execute(() -> begin(next), () -> answer.completeExceptionally(new ConnectionLost()));
    return next;
  }

  /// Lets the answer that is expected make a WebSocket of the connection. From any task.
  void expectWebSocket(WebSocketRequest request) {
    execute(() -> webSocket = request, () -> {});
  }

  /// Says that the request has been sent whole. From any task.
  void requestSent(Call done) {
    execute(
        () -> {
          if (done.equals(call)) {
            sent = true;
            leaveIfDone();
          }
        },
        () -> {});
  }

  /// Ends the connection. From any task.
  void abort() {
    channel.close();
  }

  /// The connection ended before the answer began.
  static final class ConnectionLost extends IOException {
    private static final long serialVersionUID = 1;

    ConnectionLost() {
      super("the connection was closed before an answer came");
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    client.opened(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (call == null) {
        context.close();
        return;
      }
      if (message instanceof HttpResponse response && !interim(response)) {
        answer(call, response);
      }
      if (message instanceof HttpContent content && call.answer().isDone()) {
        receive(call, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (call == null || !call.answer().isDone() || call.body().wantsMore()) {
      context.read();
    } else {
      deadline.clear();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    deadline.cancel();
    fail(new ConnectionLost());
    out.end(new ConnectionLost());
    client.forget(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(new IOException("the connection broke: " + cause.getMessage(), cause));
    context.close();
  }

  private void begin(Call next) {
    if (!channel.isActive()) {
      next.answer().completeExceptionally(new ConnectionLost());
      return;
    }
    call = next;
    sent = false;
    deadline.clear();
    decoder.expect(next.method());
    channel.read();
  }

  private static boolean interim(HttpResponse response) {
    int status = response.status().code();
    return response.decoderResult().isSuccess() && status >= 100 && status < 200 && status != 101;
  }

  private void answer(Call current, HttpResponse response) {
    if (response.decoderResult().isFailure()) {
      throw new IllegalArgumentException("the answer is not HTTP");
    }
    Headers headers = Heads.copy(response);
    reusable = response.protocolVersion().isKeepAliveDefault() && !RequestHead.closes(headers);
    Inbound body = current.body();
    Runnable release = () -> execute(() -> close(current), () -> {});
    ClientResponse whole = new ClientResponse(response.status().code(), headers, body, release);
    if (webSocket != null && webSocket.agreed(whole)) {
      turnInto(webSocket, current, whole);
    } else {
      current.answer().complete(whole);
    }
  }

  private void receive(Call current, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      throw new IllegalArgumentException("the body of the answer is not in chunks");
    }
    if (deadline.isSet()) {
      deadline.set(SILENCE);
    }
    current.body().offer(content.content().retain());
    if (content instanceof LastHttpContent) {
      deadline.clear();
      current.body().end();
      leaveIfDone();
    }
  }

  /// Once the head of the answer is over the connection speaks HTTP no more. What the other side
  /// has sent with it goes to what takes over.
  private void turnInto(WebSocketRequest request, Call current, ClientResponse response) {
    WebSocketConnection.Line line =
        new WebSocketConnection.Line(channel, out, client.budget(), () -> client.forget(this));
    WebSocketConnection next = request.begin(client.world(), line, peer);
    deadline.cancel();
    upgraded = true;
    call = null;
    channel.pipeline().replace(this, null, next);
    channel.pipeline().remove(decoder);
    current.answer().complete(response);
    next.start();
  }

  private void askForBody() {
    execute(
        () -> {
          deadline.set(SILENCE);
          channel.read();
        },
        () -> {});
  }

  /// The caller is done with an answer: what it has not read is not waited for.
  private void close(Call closed) {
    if (closed.equals(call)) {
      closed.body().discard();
      channel.close();
    }
  }

  private void leaveIfDone() {
    if (call != null && sent && call.body().ended() && call.answer().isDone()) {
      call = null;
      if (reusable && client.keep(this)) {
        deadline.set(KEPT);
        channel.read();
      } else {
        channel.close();
      }
    }
  }

  private void silent() {
    if (upgraded) {
      channel.close();
      return;
    }
    if (call == null && !client.retire(this)) {
      return;
    }
    fail(new SocketTimeoutException("the other side fell silent"));
    channel.close();
  }

  private void fail(IOException cause) {
    out.fail(cause);
    if (call != null) {
      call.body().fail(cause);
      call.answer().completeExceptionally(cause);
    }
  }

  private void execute(Runnable task, Runnable otherwise) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException stopped) {
      otherwise.run();
    }
  }
}
