package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads a segment frame by frame, checking every checksum.
final class SegmentScan {
  private static final int STEP = 64 << 10;

  /// Frames that are needed only here: what others hold is read again, and found damaged again.
  private static final Set<Byte> NAMING = Set.of(Frame.CORE, Frame.HEAD, Frame.CLEAR);

  /// The most bytes in a payload that is mended.
  private static final int MOST_MENDED = 1 << 10;

  private static final byte[] SKIPS = skips();

  private final CRC32C crc = new CRC32C();
  private final Window window;
  private final long store;
  private final int segment;

  SegmentScan(DiskFile file, long store, int segment) throws IOException {
    this.store = store;
    this.segment = segment;
    this.window = new Window(file, file.size());
  }

  /// A frame as it was met.
  ///
  /// @param intact whether the payload's checksum is right
  /// @param payload a copy of it, unless it is a block's or damaged
  record Met(Frame.Header header, long offset, boolean intact, @Nullable ByteBuffer payload) {
    long end() {
      return offset + Frame.HEADER + header.length();
    }

    long place() {
      return Frame.place(offset, header.length());
    }

    boolean is(byte kind) {
      return header.kind() == kind;
    }

    ByteBuffer content() {
      if (payload == null) {
        throw new IllegalStateException("the content of a block is not kept");
      }
      return payload;
    }
  }

  long size() {
    return window.size();
  }

  ByteBuffer bytes(long at, int length) throws IOException {
    return window.bytes(at, length);
  }

  /// Whether anything but zeros is in the file from an offset on, up to where a frame would end
  /// that says what it is.
  boolean hasBytes(long from) throws IOException {
    int length = (int) Math.min(Frame.HEADER, window.size() - from);
    ByteBuffer bytes = window.bytes(from, Math.max(0, length));
    while (bytes.hasRemaining()) {
      if (bytes.get() != 0) {
        return true;
      }
    }
    return false;
  }

  /// The frame at an offset; nothing where there is none, or not the whole of one.
  @Nullable Met frame(long at) throws IOException {
    if (at + Frame.HEADER > window.size()) {
      return null;
    }
    Frame.Header header =
        Frame.read(window.bytes(at, Frame.HEADER), 0, crc, Frame.salt(store, segment, at));
    return header == null ? null : frame(at, header);
  }

  private @Nullable Met frame(long at, Frame.Header header) throws IOException {
    if (at + Frame.HEADER + header.length() > window.size()) {
      return null;
    }
    boolean intact = sum(at + Frame.HEADER, header.length()) == header.payloadSum();
    return new Met(header, at, intact, intact ? copy(at + Frame.HEADER, header) : null);
  }

  /// The frame at a place where one must be and is not readable, if one bit of its header or of its
  /// small payload has changed: then its checksum tells which.
  ///
  /// @param met what is there, if its header can be read
  @Nullable Met mended(long at, @Nullable Met met) throws IOException {
    if (met == null) {
      return mendedHeader(at);
    }
    int length = met.header().length();
    if (met.intact() || !NAMING.contains(met.header().kind()) || length > MOST_MENDED) {
      return null;
    }
    ByteBuffer payload =
        Frame.allocate(length).put(window.bytes(met.offset() + Frame.HEADER, length));
    return flips(
        payload.flip(),
        flipped ->
            Frame.sum(crc, flipped, 0, length) == met.header().payloadSum()
                ? new Met(met.header(), met.offset(), true, flipped)
                : null);
  }

  private @Nullable Met mendedHeader(long at) throws IOException {
    if (at + Frame.HEADER > window.size()) {
      return null;
    }
    ByteBuffer header = Frame.allocate(Frame.HEADER).put(window.bytes(at, Frame.HEADER)).flip();
    int salt = Frame.salt(store, segment, at);
    Frame.Header read = flips(header, flipped -> Frame.read(flipped, 0, crc, salt));
    return read == null ? null : frame(at, read);
  }

  /// Looks at bytes with each of their bits changed, one after the other.
  private static <T> @Nullable T flips(ByteBuffer bytes, Function<ByteBuffer, @Nullable T> look) {
    for (int bit = 0; bit < bytes.limit() * Byte.SIZE; bit++) {
      byte before = bytes.get(bit / Byte.SIZE);
      bytes.put(bit / Byte.SIZE, (byte) (before ^ (1 << bit % Byte.SIZE)));
      T found = look.apply(bytes);
      if (found != null) {
        return found;
      }
      bytes.put(bit / Byte.SIZE, before);
    }
    return null;
  }

  /// The first whole end of a group at or after an offset, wherever frames begin; its number is at
  /// least `group`.
  @Nullable Met nextCommit(long from, long group) throws IOException {
    int frame = Frame.HEADER + Frame.COMMIT_PAYLOAD;
    for (long start = from; start + frame <= window.size(); start += STEP) {
      int length = (int) Math.min(STEP + frame - 1L, window.size() - start);
      ByteBuffer bytes = window.bytes(start, length);
      int i = 0;
      while (i + frame <= length) {
        if (bytes.getLong(i + Frame.HEADER) == Frame.COMMIT_MAGIC) {
          Met met = commit(bytes, i, start);
          if (met != null && met.header().index() >= group) {
            return met;
          }
          bytes = window.bytes(start, length);
        }
        i += SKIPS[bytes.get(i + Frame.HEADER + Long.BYTES - 1) & 0xff];
      }
    }
    return null;
  }

  /// The end of a group whose frame would be `i` bytes behind `start`, if its header is right.
  private @Nullable Met commit(ByteBuffer bytes, int i, long start) throws IOException {
    Frame.Header header = Frame.read(bytes, i, crc, Frame.salt(store, segment, start + i));
    Met met = header == null ? null : frame(start + i, header);
    return met != null && isCommit(met) ? met : null;
  }

  /// How far on the magic number may begin at the earliest, by the byte that stands where its last
  /// would (Horspool's search).
  private static byte[] skips() {
    byte[] skips = new byte[1 << Byte.SIZE];
    Arrays.fill(skips, (byte) Long.BYTES);
    for (int i = 0; i < Long.BYTES - 1; i++) {
      skips[(int) (Frame.COMMIT_MAGIC >>> (i * Byte.SIZE)) & 0xff] = (byte) (Long.BYTES - 1 - i);
    }
    return skips;
  }

  /// The first place from which a frame can be read, up to one that is known.
  long nextFrame(long from, long known) throws IOException {
    long at = from;
    while (at < known && frame(at) == null) {
      at++;
    }
    return at;
  }

  static boolean isCommit(Met met) {
    return met.is(Frame.COMMIT)
        && met.intact()
        && met.header().length() == Frame.COMMIT_PAYLOAD
        && met.content().getLong(0) == Frame.COMMIT_MAGIC;
  }

  private @Nullable ByteBuffer copy(long at, Frame.Header header) throws IOException {
    if (header.kind() == Frame.BLOCK || header.kind() == Frame.INDEX) {
      return null;
    }
    ByteBuffer copy = Frame.allocate(header.length());
    return copy.put(window.bytes(at, header.length())).flip();
  }

  private int sum(long at, int length) throws IOException {
    crc.reset();
    for (int done = 0; done < length; done += STEP) {
      crc.update(window.bytes(at + done, Math.min(STEP, length - done)));
    }
    return (int) crc.getValue();
  }
}
