package cloud.bevy.foundation.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request on a connection, and its answer. Runs on the handler's task; only what the connection
/// asks at the end is read on the event loop.
final class ServerExchange implements Exchange, BodyStream.Message {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int SWITCHING = 101;
  private static final int UPGRADE_REQUIRED = 426;

  private final ServerConnection connection;
  private final RequestHead head;
  private final Inbound body;
  private final Headers responseHeaders = new Headers();
  private final String requestId;
  private int status = 200;
  private long begunAt;
  private boolean bodyAsked;
  private boolean answered;
  private boolean bodyless;
  private boolean upgraded;
  private @Nullable BodyStream stream;
  private volatile boolean received;
  private volatile long receivedAt;
  private volatile boolean complete;
  private volatile boolean last;

  ServerExchange(ServerConnection connection, RequestHead head, long number, Inbound body) {
    this.connection = connection;
    this.head = head;
    this.body = body;
    this.requestId = HexFormat.of().withUpperCase().toHexDigits(number);
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String target() {
    return head.target();
  }

  @Override
  public String path() {
    return head.path();
  }

  @Override
  public String query() {
    return head.query();
  }

  @Override
  public Headers requestHeaders() {
    return head.headers();
  }

  @Override
  public InetSocketAddress remote() {
    return connection.remote();
  }

  @Override
  public String requestId() {
    return requestId;
  }

  @Override
  public long contentLength() {
    return head.contentLength();
  }

  @Override
  public InputStream body() {
    if (!bodyAsked && head.expectsContinue() && !answered && !body.ended()) {
      connection.post(Unpooled.wrappedBuffer(CONTINUE));
    }
    bodyAsked = true;
    return body;
  }

  @Override
  public Exchange status(int code) {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("not the status of an answer: " + code);
    }
    begin(false);
    status = code;
    return this;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Headers responseHeaders() {
    return responseHeaders;
  }

  @Override
  public boolean answered() {
    return answered;
  }

  @Override
  public long sent() {
    return stream == null ? 0 : stream.sent();
  }

  @Override
  public Optional<Duration> turnaround() {
    return answered && received && begunAt - receivedAt >= 0
        ? Optional.of(Duration.ofNanos(begunAt - receivedAt))
        : Optional.empty();
  }

  /// Says that the last byte of the request has come. On the event loop.
  void received() {
    if (!received) {
      receivedAt = connection.nanos();
      received = true;
    }
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    try (OutputStream out = stream(bytes.length)) {
      out.write(bytes);
    }
  }

  @Override
  public void sendEmpty() throws IOException {
    bodyless = true;
    stream(0).close();
  }

  @Override
  public OutputStream stream(long length) throws IOException {
    begin(true);
    BodyStream opened = new BodyStream(connection.out(), this, length, framing());
    stream = opened;
    return opened;
  }

  @Override
  public Optional<WebSocket> webSocket(WebSocketTerms terms) throws IOException {
    return switch (Handshake.read(head, terms)) {
      case Handshake.Reading.Sound(String accept) -> {
        begin(true);
        upgraded = true;
        status = SWITCHING;
        Handshake.answer(responseHeaders, accept);
        responseHeaders.set("Date", connection.date());
        yield Optional.of(connection.upgrade(Heads.response(status, responseHeaders), terms));
      }
      case Handshake.Reading.Refused(int code, String reason) -> {
        if (code == UPGRADE_REQUIRED) {
          responseHeaders.set("Upgrade", "websocket").set(Handshake.VERSION, "13");
        }
        responseHeaders.set("Content-Type", "text/plain; charset=utf-8");
        status(code).send((reason + '\n').getBytes(StandardCharsets.UTF_8));
        yield Optional.empty();
      }
    };
  }

  @Override
  public ByteBuf head(long length) {
    frame(length);
    last = !head.keepAlive() || connection.closing() || leavesTooMuch();
    if (last) {
      responseHeaders.set("Connection", "close");
    }
    if (!responseHeaders.has("Date")) {
      responseHeaders.set("Date", connection.date());
    }
    return Heads.response(status, responseHeaders);
  }

  @Override
  public void completed() {
    complete = true;
  }

  /// Says that the handler has done its work, however much that was.
  void returned() {
    if (upgraded) {
      complete = true;
    }
  }

  /// Says that nothing more of the answer will come.
  void over() {
    if (stream != null) {
      stream.abandon();
    }
  }

  /// Whether the whole answer was handed over.
  boolean complete() {
    return complete;
  }

  /// Whether no other request may follow on the connection.
  boolean last() {
    return last;
  }

  /// Whether nothing of the answer has left, so that another one may still be sent.
  boolean silent() {
    return !upgraded && (stream == null || !stream.begun());
  }

  /// Replaces an answer of which nothing has left.
  void replace(int code, String sentence) throws IOException {
    over();
    answered = false;
    responseHeaders.names().forEach(responseHeaders::remove);
    responseHeaders.set("Content-Type", "text/plain; charset=utf-8");
    status(code).send((sentence + '\n').getBytes(StandardCharsets.UTF_8));
  }

  /// The request's body as the connection fills it.
  Inbound inbound() {
    return body;
  }

  /// Whether more of the body is announced than will be thrown away.
  private boolean leavesTooMuch() {
    boolean awaitsContinue = head.expectsContinue() && !bodyAsked;
    boolean tooMuch = connection.unreceived() > connection.drainBytes();
    return !body.ended() && (awaitsContinue || tooMuch || body.failure() != null);
  }

  private void frame(long length) {
    boolean asks = head.method().equals("HEAD");
    responseHeaders.remove("Transfer-Encoding");
    responseHeaders.remove("Connection");
    if (bodyless && (asks || status == 304)) {
      return;
    }
    responseHeaders.remove("Content-Length");
    if (status == 204 || status == 304) {
      return;
    }
    if (length >= 0) {
      responseHeaders.set("Content-Length", Long.toString(length));
    } else if (!asks && head.current()) {
      responseHeaders.set("Transfer-Encoding", "chunked");
    }
  }

  private BodyStream.Framing framing() {
    if (head.method().equals("HEAD") || status == 204 || status == 304) {
      return BodyStream.Framing.SILENT;
    }
    return head.current() ? BodyStream.Framing.DELIMITED : BodyStream.Framing.UNTIL_CLOSE;
  }

  private void begin(boolean now) {
    if (answered) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%s was answered with %d before", head.method(), status));
    }
    answered = now;
    begunAt = now ? connection.nanos() : begunAt;
  }
}
