package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Appends frames to a segment in few, gathered writes. Small payloads are copied into one buffer
/// that is used again and again; large ones are written from where they are.
final class LogWriter {
  private static final int SCRATCH = 256 << 10;
  private static final int COPIED = 8 << 10;
  private static final int GATHERED_BYTES = 4 << 20;
  private static final int GATHERED_PIECE = 1 << 20;
  private static final int GATHERED_BUFFERS = 256;

  private final DiskFile file;
  private final long store;
  private final int segment;
  private final CRC32C crc = new CRC32C();

  /// On the heap: to make a direct buffer takes a monitor that the JDK's Reference Handler holds
  /// while it cleans up, and a virtual thread that has to wait for a monitor may be left waiting
  /// (JDK-8373120).
  private final ByteBuffer scratch = Frame.allocate(SCRATCH);

  private final ByteBuffer small = Frame.allocate(Frame.NODE_PAYLOAD);
  private final List<ByteBuffer> gathered = new ArrayList<>();
  private long gatheredBytes;
  private int sliced;
  private long written;

  /// @param store the store's id
  /// @param end where in the file to go on
  LogWriter(DiskFile file, long store, int segment, long end) {
    this.file = file;
    this.store = store;
    this.segment = segment;
    this.written = end;
  }

  /// Where the next frame begins.
  long end() {
    return written + gatheredBytes + (scratch.position() - sliced);
  }

  /// Appends a frame. A large payload must not change before [#flush].
  ///
  /// @return its place
  long append(byte kind, int core, long index, ByteBuffer payload) throws IOException {
    int length = payload.remaining();
    boolean copied = length <= COPIED;
    makeRoom(Frame.HEADER + (copied ? length : 0));
    long place = Frame.place(end(), length);
    int start = scratch.position();
    if (copied) {
      scratch.position(start + Frame.HEADER).put(payload.duplicate());
    }
    int sum =
        copied
            ? Frame.sum(crc, scratch, start + Frame.HEADER, length)
            : Frame.sum(crc, payload, payload.position(), length);
    int end = scratch.position();
    scratch.position(start);
    new Frame.Header(sum, kind, core, index, length)
        .write(scratch, crc, Frame.salt(store, segment, Frame.offset(place)));
    if (copied) {
      scratch.position(end);
    } else {
      gather(payload);
    }
    return place;
  }

  /// Appends a frame with a tree node.
  long append(int core, TreeNode node) throws IOException {
    small.clear().putLong(node.size()).put(node.hash()).flip();
    return append(Frame.NODE, core, node.index(), small);
  }

  /// Appends the frame that ends a group that began at `start`, and writes all out.
  void commit(long group, long start) throws IOException {
    small.clear().putLong(Frame.COMMIT_MAGIC).putLong(start).flip();
    append(Frame.COMMIT, 0, group, small);
    flush();
  }

  /// Hands everything appended so far to the file.
  void flush() throws IOException {
    slice();
    if (!gathered.isEmpty()) {
      long bytes = gatheredBytes;
      file.write(gathered.toArray(ByteBuffer[]::new), written);
      written += bytes;
    }
    forget();
  }

  /// Writes the bytes a segment begins with.
  void begin() throws IOException {
    file.truncate(0);
    written = Layout.SEGMENT_HEADER;
    file.write(Layout.segmentHeader(store, segment), 0);
  }

  /// The number of the segment.
  int segment() {
    return segment;
  }

  void close() throws IOException {
    file.close();
  }

  /// Makes everything written so far durable.
  void sync() throws IOException {
    file.sync();
  }

  /// Cuts the file back to `end`, whatever has been written since.
  void cutBack(long end) throws IOException {
    forget();
    file.truncate(end);
    written = end;
  }

  private void makeRoom(int bytes) throws IOException {
    if (scratch.remaining() < bytes
        || gatheredBytes > GATHERED_BYTES
        || gathered.size() > GATHERED_BUFFERS) {
      flush();
    }
  }

  private void gather(ByteBuffer payload) throws IOException {
    slice();
    ByteBuffer rest = payload.duplicate();
    while (rest.hasRemaining()) {
      int length = Math.min(rest.remaining(), GATHERED_PIECE);
      gathered.add(rest.slice(rest.position(), length));
      gatheredBytes += length;
      rest.position(rest.position() + length);
      makeRoom(0);
    }
  }

  private void slice() {
    int length = scratch.position() - sliced;
    if (length > 0) {
      gathered.add(scratch.slice(sliced, length));
      gatheredBytes += length;
      sliced = scratch.position();
    }
  }

  private void forget() {
    gathered.clear();
    gatheredBytes = 0;
    scratch.clear();
    sliced = 0;
  }
}
