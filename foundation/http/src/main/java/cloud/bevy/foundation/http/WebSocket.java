package cloud.bevy.foundation.http;

import cloud.bevy.foundation.http.WebSocketInbound.Piece;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Messages in both directions over one connection (RFC 6455), with blocking calls for virtual
/// threads. Read either messages, with [#receive], or bytes, with [#read]; from one task. Several
/// may send. Costs a timer while somebody reads, and no thread.
///
/// Who sends waits while the other side does not read, and what arrives stays in the socket while
/// nobody reads here. Pings are answered, and sent where the other side is silent for long: one
/// that is gone is noticed by whoever reads.
public final class WebSocket implements AutoCloseable {
  /// The most bytes of a message that [#write] makes.
  private static final int CHUNK = 64 << 10;

  /// The longest reason: three bytes each are what fits into a frame.
  private static final int MOST_REASON = 41;

  private static final int FIRST_BYTES = 1 << 10;

  private final WebSocketConnection connection;
  private final SocketAddress remote;
  private final long mostBytes;

  /// What arrives.
  public sealed interface Message {
    /// A text.
    record Text(String text) implements Message {}

    /// Bytes, which belong to the receiver.
    record Binary(byte[] bytes) implements Message {}
  }

  WebSocket(WebSocketConnection connection, SocketAddress remote, WebSocketTerms terms) {
    this.connection = connection;
    this.remote = remote;
    this.mostBytes = terms.size().messageBytes();
  }

  /// Where the other side is.
  public SocketAddress remote() {
    return remote;
  }

  /// The same as an address of the internet, for logs.
  public Optional<InetSocketAddress> address() {
    return remote instanceof InetSocketAddress known ? Optional.of(known) : Optional.empty();
  }

  /// Waits for the next message, which is as large as the terms allow at most.
  ///
  /// @return nothing once the other side has closed
  /// @throws IOException where the other side broke the protocol, is gone, or this end was closed
  public Optional<Message> receive() throws IOException {
    Piece first = connection.inbound().next();
    if (first == null) {
      return Optional.empty();
    }
    boolean text = first.text();
    ByteBuffer message = join(first);
    return Optional.of(
        text ? new Message.Text(decode(message)) : new Message.Binary(copy(message)));
  }

  /// Reads at least one byte of what binary messages carry, unless `into` has no room. Where one
  /// message ends and the next begins is not told.
  ///
  /// @return how many bytes were read; -1 once the other side has closed
  /// @throws IOException as [#receive], and for a text
  public int read(ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) {
      return 0;
    }
    while (true) {
      Piece piece = connection.inbound().next();
      if (piece == null) {
        return -1;
      }
      if (piece.text()) {
        throw violated(new WebSocketViolation(CloseCode.UNSUPPORTED, "only bytes are spoken here"));
      }
      int count = connection.inbound().take(piece, into);
      if (count > 0) {
        return count;
      }
    }
  }

  /// Sends a text. Blocks while the other side does not read.
  ///
  /// @throws IOException where the other side is gone or has closed, or this end was closed
  public void send(String text) throws IOException {
    connection.send(FrameReader.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Sends one message of bytes, which are copied. Blocks while the other side does not read.
  ///
  /// @throws IOException as [#send(String)]
  public void send(ByteBuffer message) throws IOException {
    connection.send(FrameReader.BINARY, message);
  }

  /// Sends bytes in as many messages as it takes. One task writes at a time.
  ///
  /// @throws IOException as [#send(String)]
  public void write(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      int size = Math.min(CHUNK, from.remaining());
      send(from.slice(from.position(), size));
      from.position(from.position() + size);
    }
  }

  /// The number that the other side gave for closing, one of [CloseCode]; [CloseCode#NONE] where it
  /// gave none or has not closed.
  public int closeCode() {
    return connection.closeCode();
  }

  /// Says that it is over, after all that was sent, and returns at once. The other side has a
  /// moment to close too. Waiting calls of other tasks end with an `IOException`.
  ///
  /// @param code one of [CloseCode], or of those that RFC 6455 leaves to programs
  /// @param reason a few words for the log of the other side
  public void close(int code, String reason) {
    if (!CloseCode.valid(code)) {
      throw new IllegalArgumentException(code + " is no number to close a WebSocket with");
    }
    if (reason.length() > MOST_REASON) {
      throw new IllegalArgumentException("a reason has at most " + MOST_REASON + " characters");
    }
    connection.close(code, reason);
  }

  /// Says that all is said. Nothing happens if it is closed.
  @Override
  public void close() {
    connection.close(CloseCode.NORMAL, "");
  }

  private ByteBuffer join(Piece first) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(Math.max(FIRST_BYTES, first.bytes().readableBytes()));
    Piece piece = first;
    while (piece != null) {
      message = room(message, piece.bytes().readableBytes());
      boolean end = piece.end();
      var _ = connection.inbound().take(piece, message);
      if (end) {
        return message.flip();
      }
      piece = connection.inbound().next();
    }
    throw new IOException("the other side has closed in the middle of a message");
  }

  private ByteBuffer room(ByteBuffer message, int more) {
    if (message.remaining() >= more) {
      return message;
    }
    long doubled = Math.min(2L * message.capacity(), mostBytes);
    int size = Math.toIntExact(Math.max(message.position() + (long) more, doubled));
    return ByteBuffer.allocate(size).put(message.flip());
  }

  private static byte[] copy(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    return bytes;
  }

  private String decode(ByteBuffer message) throws IOException {
    try {
      return Text.utf8(message);
    } catch (WebSocketViolation malformed) {
      throw violated(malformed);
    }
  }

  private IOException violated(WebSocketViolation violation) {
    connection.close(violation.code(), String.valueOf(violation.getMessage()));
    return new IOException("the other side broke the protocol: " + violation.getMessage());
  }
}
