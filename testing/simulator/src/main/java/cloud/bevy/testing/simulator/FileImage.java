package cloud.bevy.testing.simulator;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes of a file, a growing array, and whether it may be run.
final class FileImage {
  private static final int SIZE_LIMIT = 1 << 30;

  private byte[] bytes;
  private int size;
  private boolean executable;

  FileImage() {
    this(new byte[0]);
  }

  private FileImage(byte[] bytes) {
    this.bytes = bytes;
    this.size = bytes.length;
  }

  int size() {
    return size;
  }

  boolean executable() {
    return executable;
  }

  void executable(boolean runs) {
    executable = runs;
  }

  FileImage copy() {
    FileImage copy = new FileImage(Arrays.copyOf(bytes, size));
    copy.executable = executable;
    return copy;
  }

  int read(ByteBuffer into, long position) {
    if (position >= size) {
      return into.hasRemaining() ? -1 : 0;
    }
    int count = (int) Math.min(into.remaining(), size - position);
    into.put(bytes, (int) position, count);
    return count;
  }

  void write(byte[] from, long position) {
    write(from, position, 0, from.length);
  }

  /// Writes the bytes `start` to `stop` of what was to be written at `position`.
  void write(byte[] from, long position, int start, int stop) {
    int end = Math.toIntExact(position + stop);
    if (end > SIZE_LIMIT) {
      throw new IllegalStateException("a simulated file holds at most " + SIZE_LIMIT + " bytes");
    }
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, (int) Math.min(SIZE_LIMIT, bytes.length * 2L)));
    }
    System.arraycopy(from, start, bytes, (int) position + start, stop - start);
    size = Math.max(size, end);
  }

  void truncate(long length) {
    if (length < size) {
      Arrays.fill(bytes, (int) length, size, (byte) 0);
      size = (int) length;
    }
  }

  void flip(int position, int mask) {
    bytes[position] ^= (byte) mask;
  }
}
