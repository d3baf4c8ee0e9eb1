package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A file read from front to back, through a buffer that moves along.
final class Window {
  private static final int BYTES = 1 << 20;

  private final DiskFile file;
  private final long size;
  private ByteBuffer buffer = Frame.allocate(BYTES);
  private long start;

  Window(DiskFile file, long size) {
    this.file = file;
    this.size = size;
    buffer.limit(0);
  }

  /// How long the file is.
  long size() {
    return size;
  }

  /// The bytes at `at`, which are valid until the next call.
  ByteBuffer bytes(long at, int length) throws IOException {
    if (at < start || at + length > start + buffer.limit()) {
      fill(at, length);
    }
    return buffer.slice((int) (at - start), length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void fill(long at, int length) throws IOException {
    if (length > buffer.capacity()) {
      buffer = Frame.allocate(length);
    }
    start = at;
    buffer.clear().limit((int) Math.min(buffer.capacity(), size - at));
    file.readFully(buffer, at);
    buffer.flip();
  }
}
