package cloud.bevy.doors.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/// Frames of Zstandard on their way (RFC 8878, section 3.1), of which each must do with a window of
/// 8 MiB, as RFC 8878 wants of all who read them: a header asks for as much memory as it likes.
final class ZstdFrames extends FilterInputStream {
  private static final int MAGIC = 0xfd2fb528;
  private static final long MOST_WINDOW = 8 << 20;
  private static final int SINGLE_SEGMENT = 0x20;
  private static final int CHECKSUM = 4;
  private static final int SMALLEST_WINDOW = 10;

  /// What is being read.
  private enum Part {
    MAGIC_NUMBER,
    DESCRIPTOR,
    HEADER,
    BLOCK_HEADER
  }

  private Part part = Part.MAGIC_NUMBER;
  private int needed = Integer.BYTES;
  private int taken;
  private long number;
  private int descriptor;
  private long passed;

  ZstdFrames(InputStream compressed) {
    super(compressed);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// @throws ZipException if a frame wants a larger window, or is none
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    for (int at = offset; at < offset + count; ) {
      int skipped = (int) Math.min(passed, offset + count - at);
      passed -= skipped;
      at += skipped;
      if (at < offset + count) {
        take(into[at++] & 0xff);
      }
    }
    return count;
  }

  private void take(int next) throws ZipException {
    number |= (long) next << (8 * taken);
    taken++;
    if (taken == needed) {
      switch (part) {
        case MAGIC_NUMBER -> magic();
        case DESCRIPTOR -> descriptor();
        case HEADER -> header();
        case BLOCK_HEADER -> block();
      }
    }
  }

  private void expect(Part next, int bytes) {
    part = next;
    needed = bytes;
    taken = 0;
    number = 0;
  }

  private void magic() throws ZipException {
    if ((int) number != MAGIC) {
      throw new ZipException("it does not begin as a frame does");
    }
    expect(Part.DESCRIPTOR, 1);
  }

  /// Says which parts the header has: all of them together have at most 8 bytes for the size, one
  /// for the window and none for a dictionary, as there is none.
  private void descriptor() throws ZipException {
    descriptor = (int) number;
    if ((descriptor & 3) != 0) {
      throw new ZipException("it was compressed with a dictionary");
    }
    expect(Part.HEADER, single() ? sizeBytes() : 1);
  }

  private boolean single() {
    return (descriptor & SINGLE_SEGMENT) != 0;
  }

  private int sizeBytes() {
    return switch (descriptor >> 6) {
      case 0 -> single() ? 1 : 0;
      case 1 -> 2;
      case 2 -> 4;
      default -> 8;
    };
  }

  private void header() throws ZipException {
    long window =
        single() ? number : (1L << (SMALLEST_WINDOW + (number >> 3))) / 8 * (8 + (number & 7));
    if (window < 0 || window > MOST_WINDOW) {
      throw new ZipException("it wants a window of more than 8 MiB");
    }
    passed = single() ? 0 : sizeBytes();
    expect(Part.BLOCK_HEADER, 3);
  }

  private void block() {
    boolean last = (number & 1) != 0;
    boolean repeated = ((number >> 1) & 3) == 1;
    passed = repeated ? 1 : number >> 3;
    if (last) {
      passed += (descriptor & CHECKSUM) != 0 ? Integer.BYTES : 0;
      expect(Part.MAGIC_NUMBER, Integer.BYTES);
    } else {
      expect(Part.BLOCK_HEADER, 3);
    }
  }
}
