package cloud.bevy.hyper.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Parts of sealed segments, which do not change any more, for those who read small things one
/// after the other: these need not call the disk for each. Whoever reads here and there is not
/// served, and reads no more than it wants.
final class ReadAhead {
  /// What is read one after the other by itself, and where that was last.
  static final class Stream {
    private final int step;
    private final AtomicReferenceArray<@Nullable Chunk> chunks;
    private final AtomicLong last = new AtomicLong();

    /// @param step how far apart, in bytes, two things are at most that are read one after the
    ///   other
    private Stream(int step, AtomicReferenceArray<@Nullable Chunk> chunks) {
      this.step = step;
      this.chunks = chunks;
    }

    /// Notes where something is read.
    ///
    /// @return whether that is near where the last thing was
    private boolean goesOn(int segment, long at) {
      long here = (long) segment << Integer.SIZE | at;
      return Math.abs(here - last.getAndSet(here)) <= step;
    }
  }

  /// The largest thing that is looked for.
  static final int LARGEST = 8 << 10;

  private static final int BYTES = 64 << 10;
  private static final int MOST_FRAMES = 16;
  private static final int MOST_ENTRIES = 4;

  private final OpenFiles files;
  private final Layout layout;
  private final AtomicReferenceArray<@Nullable Chunk> frames =
      new AtomicReferenceArray<>(MOST_FRAMES);

  /// Blocks of all cores.
  final Stream blocks = new Stream(BYTES, frames);

  /// Tree nodes of all cores.
  final Stream nodes = new Stream(BYTES, frames);

  /// Entries of the segments' indexes: so many lie in so little that those who read here and there
  /// are often near each other. Whoever reads frames reads an entry for each, so these have places
  /// of their own.
  final Stream entries =
      new Stream(8 * Long.BYTES, new AtomicReferenceArray<@Nullable Chunk>(MOST_ENTRIES));

  private record Chunk(long number, byte[] bytes) {}

  ReadAhead(Ground ground) {
    this.files = ground.files;
    this.layout = ground.layout;
  }

  /// Bytes of a sealed segment.
  ///
  /// @return nothing where the caller had better read them itself
  @Nullable ByteBuffer bytes(Stream stream, int segment, long at, int size) throws IOException {
    if (size > LARGEST) {
      return null;
    }
    int within = (int) (at % BYTES);
    long number = number(segment, at);
    Chunk first = chunk(stream, number, stream.goesOn(segment, at));
    if (first == null || within >= first.bytes.length) {
      return null;
    }
    ByteBuffer bytes = Frame.allocate(size);
    int here = Math.min(size, first.bytes.length - within);
    bytes.put(first.bytes, within, here);
    if (here < size) {
      Chunk second = chunk(stream, number + 1, true);
      if (second == null || second.bytes.length < size - here) {
        return null;
      }
      bytes.put(second.bytes, 0, size - here);
    }
    return bytes.flip();
  }

  /// Forgets everything.
  void rest() {
    forget(frames);
    forget(entries.chunks);
  }

  private static void forget(AtomicReferenceArray<@Nullable Chunk> chunks) {
    for (int at = 0; at < chunks.length(); at++) {
      chunks.set(at, null);
    }
  }

  private static long number(int segment, long at) {
    return (long) segment << Integer.SIZE | at / BYTES;
  }

  private @Nullable Chunk chunk(Stream stream, long number, boolean wanted) throws IOException {
    int place = (int) (number ^ number >>> Integer.SIZE) & (stream.chunks.length() - 1);
    Chunk known = stream.chunks.get(place);
    if (known != null && known.number == number) {
      return known;
    }
    if (!wanted) {
      return null;
    }
    Chunk read = read(number);
    stream.chunks.set(place, read);
    return read;
  }

  private Chunk read(long number) throws IOException {
    try (OpenFiles.Use use = files.use(layout.segment((int) (number >>> Integer.SIZE)))) {
      long start = (number & 0xffffffffL) * BYTES;
      int size = Math.clamp(use.file().size() - start, 0, BYTES);
      ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      use.file().readFully(bytes, start);
      return new Chunk(number, bytes.array());
    }
  }
}
