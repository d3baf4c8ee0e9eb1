package cloud.bevy.doors.aws;

import java.io.IOException;
import java.io.InputStream;

/// Bytes one after the other, and how many of them were taken.
final class ByteFeed {
  private static final int BUFFER = 1 << 16;
  private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long taken;

  ByteFeed(InputStream in) {
    this.in = in;
  }

  /// How many were taken.
  long taken() {
    return taken;
  }

  /// The next byte; -1 behind the last.
  int next() throws IOException {
    if (at == end && !fill()) {
      return -1;
    }
    taken++;
    return buffer[at++] & 0xff;
  }

  /// The byte that will be next; -1 behind the last.
  int peek() throws IOException {
    return at == end && !fill() ? -1 : buffer[at] & 0xff;
  }

  /// Passes over the mark that some programs begin a file with.
  void skipMark() throws IOException {
    for (int expected : BYTE_ORDER_MARK) {
      if (peek() != expected) {
        return;
      }
      next();
    }
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }
}
