package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.FilePart;
import cloud.bevy.foundation.base.FileSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A body on its way out. The head leaves together with the first piece, so that a small message is
/// one write; a body of unknown length that turns out to be small is sent with its length.
final class BodyStream extends OutputStream implements FileSink {
  /// What the stream tells about itself.
  interface Message {
    /// The bytes of the head.
    ///
    /// @param length of the body, or -1 if it goes out in chunks
    ByteBuf head(long length);

    /// The last byte was handed over.
    void completed();
  }

  private static final int SMALLEST_BUFFER = 512;

  /// How much of files is gathered into a piece.
  private static final long FILE_PIECE = 256 << 10;

  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

  private final Outbound out;
  private final Message message;
  private final long length;
  private final Framing framing;
  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

  /// What stands in files and comes after the buffer.
  private @Nullable FilePiece gathered;

  private long written;
  private boolean begun;
  private boolean closed;

  /// How the end of the body is told.
  enum Framing {
    /// By its length, or by chunks.
    DELIMITED,
    /// By the end of the connection, where the length is not known.
    UNTIL_CLOSE,
    /// Not at all: it is not sent.
    SILENT
  }

  BodyStream(Outbound out, Message message, long length, Framing framing) {
    this.out = out;
    this.message = message;
    this.length = length;
    this.framing = framing;
  }

  /// Whether the head has left.
  boolean begun() {
    return begun;
  }

  /// How many bytes of the body were handed over.
  long sent() {
    return framing == Framing.SILENT ? 0 : written;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    account(count);
    if (framing != Framing.SILENT) {
      emitGathered();
      copy(bytes, offset, count);
    }
  }

  @Override
  public void send(FilePart part, long from, long count) throws IOException {
    try {
      account(count);
    } catch (IOException refused) {
      part.close();
      throw refused;
    }
    if (framing == Framing.SILENT || count == 0) {
      part.close();
      return;
    }
    FilePiece piece = gathered == null ? new FilePiece() : gathered;
    gathered = piece;
    piece.add(part, from, count);
    if (piece.count() >= FILE_PIECE) {
      emitGathered();
    }
  }

  private void emitGathered() throws IOException {
    FilePiece piece = gathered;
    if (piece == null) {
      return;
    }
    gathered = null;
    try {
      if (buffer.isReadable() || !begun) {
        emit(false);
      }
      if (chunked()) {
        out.write(chunkBegin(piece.count()));
      }
      out.write(piece.retain());
      if (chunked()) {
        out.write(Unpooled.wrappedBuffer(LINE_END));
      }
    } finally {
      piece.release();
    }
  }

  /// Closes the files of what will not be sent any more.
  void abandon() {
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
  }

  @Override
  public void flush() throws IOException {
    if (closed) {
      return;
    }
    emitGathered();
    if (buffer.isReadable() || !begun) {
      emit(false);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    emitGathered();
    if (framing != Framing.SILENT && length >= 0 && written < length) {
      throw new IOException(
          "a body of " + length + " bytes was promised, and " + written + " were written");
    }
    if (!begun || buffer.isReadable() || chunked()) {
      emit(true);
    }
    message.completed();
  }

  private void account(long count) throws IOException {
    if (closed) {
      throw new IOException("the body is closed");
    }
    if (length >= 0 && written + count > length) {
      throw new IOException("a body of " + length + " bytes was promised, and more was written");
    }
    written += count;
  }

  private void copy(byte[] bytes, int offset, int count) throws IOException {
    int at = offset;
    int end = offset + count;
    while (at < end) {
      int part = Math.min(end - at, Outbound.PIECE - buffer.readableBytes());
      room(part);
      buffer.writeBytes(bytes, at, part);
      at += part;
      if (buffer.readableBytes() == Outbound.PIECE) {
        emit(false);
      }
    }
  }

  private void room(int part) {
    if (buffer.capacity() == 0) {
      buffer = Unpooled.buffer(Math.max(part, SMALLEST_BUFFER), Outbound.PIECE);
    }
  }

  private boolean chunked() {
    return length < 0 && framing == Framing.DELIMITED;
  }

  private void emit(boolean last) throws IOException {
    ByteBuf piece = buffer;
    buffer = Unpooled.EMPTY_BUFFER;
    boolean whole = last && !begun && framing == Framing.DELIMITED;
    ByteBuf head = begun ? Unpooled.EMPTY_BUFFER : message.head(whole ? written : length);
    begun = true;
    if (whole || !chunked()) {
      out.write(join(head, piece));
    } else {
      out.write(join(head, chunk(piece), last ? lastChunk() : Unpooled.EMPTY_BUFFER));
    }
  }

  private static ByteBuf lastChunk() {
    return Unpooled.wrappedBuffer(LAST_CHUNK);
  }

  private static ByteBuf chunk(ByteBuf piece) {
    if (!piece.isReadable()) {
      return piece;
    }
    return join(chunkBegin(piece.readableBytes()), piece, Unpooled.wrappedBuffer(LINE_END));
  }

  private static ByteBuf chunkBegin(long count) {
    String size = Long.toHexString(count) + "\r\n";
    return Unpooled.wrappedBuffer(size.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuf join(ByteBuf... parts) {
    return Unpooled.wrappedBuffer(parts.length, parts);
  }
}
