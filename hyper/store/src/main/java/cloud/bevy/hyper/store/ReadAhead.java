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
    private final AtomicLong last = new AtomicLong();
  }

  /// Blocks of all cores.
  final Stream blocks = new Stream();

  /// Tree nodes of all cores.
  final Stream nodes = new Stream();

  /// Entries of the segments' indexes.
  final Stream entries = new Stream();

  /// The largest thing that is looked for.
  static final int LARGEST = 8 << 10;

  private static final int BYTES = 64 << 10;
  private static final int MOST = 16;

  private final OpenFiles files;
  private final Layout layout;
  private final AtomicReferenceArray<@Nullable Chunk> chunks = new AtomicReferenceArray<>(MOST);

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
    Chunk first = chunk(stream, number);
    if (first == null || within >= first.bytes.length) {
      return null;
    }
    ByteBuffer bytes = Frame.allocate(size);
    int here = Math.min(size, first.bytes.length - within);
    bytes.put(first.bytes, within, here);
    if (here < size) {
      Chunk second = chunk(stream, number + 1);
      if (second == null || second.bytes.length < size - here) {
        return null;
      }
      bytes.put(second.bytes, 0, size - here);
    }
    return bytes.flip();
  }

  /// Forgets everything.
  void rest() {
    for (int at = 0; at < MOST; at++) {
      chunks.set(at, null);
    }
  }

  private static long number(int segment, long at) {
    return (long) segment << Integer.SIZE | at / BYTES;
  }

  private @Nullable Chunk chunk(Stream stream, long number) throws IOException {
    Chunk known = chunks.get(place(number));
    long before = stream.last.getAndSet(number);
    if (known != null && known.number == number) {
      return known;
    }
    if (number != before && number != before + 1) {
      return null;
    }
    Chunk read = read(number);
    chunks.set(place(number), read);
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

  private static int place(long number) {
    return (int) (number ^ number >>> Integer.SIZE) & (MOST - 1);
  }
}
