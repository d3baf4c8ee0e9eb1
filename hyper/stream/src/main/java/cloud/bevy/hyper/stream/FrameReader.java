package cloud.bevy.hyper.stream;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts bytes into frames: a length of 24 bits, lowest byte first, then so many bytes. Reads many
/// frames at once. The buffer grows only when it is full of bytes that have arrived, so that an
/// announced length alone takes no memory.
final class FrameReader {
  /// The size of a frame's length, in bytes.
  static final int PREFIX = 3;

  private static final int SMALL = 4 * 1024;
  private static final int LARGE = 256 * 1024;

  private final Duplex bytes;
  private int longest;
  private byte[] buffer = new byte[SMALL];
  private int start;
  private int end;
  private volatile long steps;
  private volatile boolean waiting;

  /// @param longest frame that is taken, in bytes
  FrameReader(Duplex bytes, int longest) {
    this.bytes = bytes;
    this.longest = longest;
  }

  void longest(int size) {
    longest = size;
  }

  /// Grows whenever a wait begins or ends.
  long steps() {
    return steps;
  }

  /// Whether it waits for the other side.
  boolean waiting() {
    return waiting;
  }

  /// The next frame, which lasts until the next call; nothing at the end.
  ///
  /// @throws RefusedException if the frame is longer than it may be
  /// @throws EOFException if the end comes within a frame
  @Nullable ByteBuffer next() throws IOException {
    shrink();
    if (!fill(PREFIX)) {
      return null;
    }
    int size = (buffer[start] & 0xff) | (buffer[start + 1] & 0xff) << 8;
    size |= (buffer[start + 2] & 0xff) << 16;
    if (size > longest) {
      throw new RefusedException("a frame has " + size + " bytes, where " + longest + " may be");
    }
    if (!fill(PREFIX + size)) {
      throw new EOFException("the other side has ended within a frame");
    }
    ByteBuffer frame = ByteBuffer.wrap(buffer, start + PREFIX, size);
    start += PREFIX + size;
    return frame;
  }

  /// Reads until `count` bytes are there.
  ///
  /// @return false at the end, if not even one of them has come
  private boolean fill(int count) throws IOException {
    while (end - start < count) {
      makeRoom(count);
      ByteBuffer room = ByteBuffer.wrap(buffer, end, buffer.length - end);
      int read = read(room);
      if (read < 0) {
        if (end > start) {
          throw new EOFException("the other side has ended within a frame");
        }
        return false;
      }
      end += read;
    }
    return true;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one task writes, others look
  private int read(ByteBuffer room) throws IOException {
    steps++;
    waiting = true;
    try {
      return bytes.read(room);
    } finally {
      waiting = false;
      steps++;
    }
  }

  /// Grows where the last read has filled the buffer: more will come at once.
  private void makeRoom(int count) {
    boolean full = end == buffer.length;
    int held = end - start;
    if (full && (held == buffer.length || buffer.length < LARGE)) {
      int most = Math.max(LARGE, count);
      compact(new byte[(int) Math.min(most, 2L * buffer.length)]);
    } else if (held == 0 || start + count > buffer.length) {
      compact(buffer);
    }
  }

  private void compact(byte[] into) {
    System.arraycopy(buffer, start, into, 0, end - start);
    buffer = into;
    end -= start;
    start = 0;
  }

  /// Lets go what one large frame needed.
  private void shrink() {
    if (buffer.length > LARGE && end - start <= LARGE) {
      buffer = Arrays.copyOfRange(buffer, start, start + LARGE);
      end -= start;
      start = 0;
    }
  }
}
