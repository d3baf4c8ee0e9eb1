package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.WebSocketInbound.Piece;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// The socket's side of a [WebSocket], in the place of what spoke HTTP on the connection before.
/// Confined to its event loop, except where a method says otherwise.
@SuppressWarnings("FutureReturnValueIgnored") // Nothing depends on how a socket closes.
final class WebSocketConnection extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
  private static final int CODE_BYTES = Short.BYTES;

  /// How far the end has come.
  private enum Phase {
    /// Messages go both ways.
    OPEN,
    /// We have said that it is over, and wait for the other side to say so.
    CLOSING,
    /// The other side does not make sense: what it sends is thrown away, until it has read why.
    DEAF,
    /// Both have said that it is over.
    CLOSED
  }

  private final Line line;
  private final WebSocketTerms terms;
  private final FrameReader frames;
  private final FrameWriter writer;
  private final WebSocketInbound inbound;
  private final Deadline silence;
  private Phase phase = Phase.OPEN;
  private boolean questioned;
  private boolean pongUnderWay;
  private byte @Nullable [] nextPong;
  private volatile int closeCode = CloseCode.NONE;

  /// What a connection hands to the protocol that takes it over.
  ///
  /// @param out the way out
  /// @param budget what counts the bytes held
  /// @param gone called on the event loop once the connection has ended
  record Line(DuplexChannel channel, Outbound out, Budget budget, Runnable gone) {}

  /// @param client whether this is the end that connected
  WebSocketConnection(World world, Line line, WebSocketTerms terms, boolean client) {
    this.line = line;
    this.terms = terms;
    this.frames = new FrameReader(terms.size(), !client);
    this.writer = new FrameWriter(world.chance(), client);
    this.inbound = new WebSocketInbound(line.budget(), this::askForMore);
    this.silence = new Deadline(line.channel().eventLoop(), world.time(), this::silent);
  }

  /// What has arrived. From any task.
  WebSocketInbound inbound() {
    return inbound;
  }

  /// The number that the other side has given for its end, or [CloseCode#NONE]. From any task.
  int closeCode() {
    return closeCode;
  }

  /// Sends a message whole. Blocks while the other side does not read. From any task.
  void send(int opcode, ByteBuffer payload) throws IOException {
    line.out().write(writer.frame(opcode, payload));
  }

  /// Says that it is over; what the other side still sends is thrown away. From any task.
  void close(int code, String reason) {
    line.out().fail(new IOException("the WebSocket is closed"));
    execute(() -> begin(code, reason));
  }

  /// Ends it without a word. From any task.
  void abort() {
    execute(() -> line.channel().close());
  }

  /// Begins to read, where somebody waits, once the connection is no longer HTTP.
  void start() {
    read();
  }

  /// Says that nothing will come of it: the connection ended while it was still HTTP.
  void stillborn() {
    phase = Phase.CLOSED;
    end(new IOException("the other side has closed the connection"));
  }

  /// Says that the program ends. On the event loop.
  void leave() {
    begin(CloseCode.GOING_AWAY, "the program ends");
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof ByteBuf bytes && speaks()) {
        questioned = false;
        alive();
        frames.read(bytes, this);
      }
    } catch (WebSocketViolation violation) {
      refuse(violation);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private boolean speaks() {
    return phase == Phase.OPEN || phase == Phase.CLOSING;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    IOException gone = new IOException("the other side has closed the connection");
    silence.cancel();
    end(gone);
    line.out().end(gone);
    phase = Phase.CLOSED;
    line.gone().run();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(new IOException("the connection broke: " + cause.getMessage(), cause));
    context.close();
  }

  @Override
  public void data(ByteBuf bytes, boolean ofText, boolean end) {
    if (phase == Phase.OPEN) {
      inbound.offer(new Piece(bytes, ofText, end));
    } else {
      bytes.release();
    }
  }

  @Override
  public void control(int kind, byte[] payload) throws WebSocketViolation {
    switch (kind) {
      case FrameReader.PING -> answer(payload);
      case FrameReader.CLOSE -> closed(payload);
      default -> {
        // A pong says that the other side is there, as everything that arrives does.
      }
    }
  }

  /// Reads the socket if what comes is wanted.
  private void read() {
    switch (phase) {
      case OPEN -> {
        if (inbound.wantsMore()) {
          silence.setIfClear(terms.pace().idle());
          line.channel().read();
        } else {
          silence.clear();
        }
      }
      case CLOSING, DEAF -> line.channel().read();
      case CLOSED -> {}
    }
  }

  /// From the task that reads.
  private void askForMore() {
    execute(this::read);
  }

  private void alive() {
    if (phase == Phase.OPEN && silence.isSet()) {
      silence.set(terms.pace().idle());
    }
  }

  /// Nothing came for a while.
  private void silent() {
    if (phase == Phase.OPEN && !questioned) {
      questioned = true;
      post(FrameReader.PING, new byte[0]);
      silence.set(terms.pace().answer());
      return;
    }
    end(new SocketTimeoutException("the other side has fallen silent"));
    line.channel().close();
  }

  /// One answer is under way at a time, for the latest question: who asks without listening costs
  /// no more than that.
  private void answer(byte[] ping) {
    if (phase != Phase.OPEN) {
      return;
    }
    if (pongUnderWay) {
      nextPong = ping;
      return;
    }
    pongUnderWay = true;
    line.channel()
        .writeAndFlush(writer.frame(FrameReader.PONG, ByteBuffer.wrap(ping)))
        .addListener(_ -> answered());
  }

  private void answered() {
    pongUnderWay = false;
    byte[] next = nextPong;
    if (next != null && line.channel().isActive()) {
      nextPong = null;
      answer(next);
    }
  }

  /// The other side says that it is over.
  private void closed(byte[] payload) throws WebSocketViolation {
    int code = code(payload);
    closeCode = code;
    inbound.end();
    line.out().fail(new IOException("the other side has closed the WebSocket (" + code + ")"));
    boolean answer = phase == Phase.OPEN;
    phase = Phase.CLOSED;
    silence.set(terms.pace().close());
    if (answer) {
      byte[] same = code == CloseCode.NONE ? new byte[0] : closing(code, "");
      ByteBuf frame = writer.frame(FrameReader.CLOSE, ByteBuffer.wrap(same));
      line.channel().writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
    } else {
      line.channel().close();
    }
  }

  private static int code(byte[] payload) throws WebSocketViolation {
    if (payload.length == 0) {
      return CloseCode.NONE;
    }
    int code = payload.length < CODE_BYTES ? 0 : ByteBuffer.wrap(payload).getChar();
    if (!CloseCode.valid(code)) {
      throw new WebSocketViolation(CloseCode.PROTOCOL_ERROR, "a close has no valid number");
    }
    Text.utf8(ByteBuffer.wrap(payload, CODE_BYTES, payload.length - CODE_BYTES));
    return code;
  }

  private void refuse(WebSocketViolation violation) {
    end(new IOException("the other side broke the protocol: " + violation.getMessage()));
    if (phase == Phase.OPEN) {
      phase = Phase.DEAF;
      silence.set(terms.pace().close());
      byte[] why = closing(violation.code(), String.valueOf(violation.getMessage()));
      line.channel()
          .writeAndFlush(writer.frame(FrameReader.CLOSE, ByteBuffer.wrap(why)))
          .addListener(_ -> line.channel().shutdownOutput());
    } else {
      line.channel().close();
    }
  }

  private void begin(int code, String reason) {
    if (phase != Phase.OPEN) {
      return;
    }
    phase = Phase.CLOSING;
    line.out().fail(new IOException("the WebSocket is closed"));
    inbound.discard();
    post(FrameReader.CLOSE, closing(code, reason));
    silence.set(terms.pace().close());
    read();
  }

  private static byte[] closing(int code, String reason) {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    int size = Math.min(words.length, FrameReader.CONTROL_BYTES - CODE_BYTES);
    return ByteBuffer.allocate(CODE_BYTES + size).putChar((char) code).put(words, 0, size).array();
  }

  private void post(int opcode, byte[] payload) {
    line.channel().writeAndFlush(writer.frame(opcode, ByteBuffer.wrap(payload)));
  }

  private void end(IOException cause) {
    line.out().fail(cause);
    inbound.fail(cause);
  }

  private void execute(Runnable task) {
    try {
      line.channel().eventLoop().execute(task);
    } catch (RejectedExecutionException stopped) {
      end(new IOException("the program ends", stopped));
    }
  }
}
