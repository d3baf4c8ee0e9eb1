package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// Appends frames to a segment by way of one buffer, which is written out whenever it is full. It
/// lies outside the heap, as the JDK would copy it there, and is small enough to stay in the
/// processor's cache between being filled, summed up and written.
final class LogWriter {
  private static final int SCRATCH = 256 << 10;

  /// A group of so many bytes is written past the system's cache, but for its first and last page:
  /// uploads, mostly, which few read at once.
  static final long LARGE_GROUP = 1 << 20;

  /// How much of a large group is written at once.
  private static final int LARGE_SCRATCH = 1 << 20;

  private final DiskFile file;
  private final long store;
  private final int segment;
  private final EarlySync early;
  private final CRC32C crc = new CRC32C();

  /// Not `ByteBuffer.allocateDirect`: that takes a monitor that the JDK's Reference Handler holds
  /// while it cleans up, and a virtual thread that has to wait for a monitor may be left waiting
  /// (JDK-8373120).
  private final Arena memory = Arena.ofShared();

  private ByteBuffer scratch = buffer(SCRATCH);
  private boolean large;

  /// Where in the file the buffer begins: at a page.
  private long origin;

  private final ByteBuffer small = Frame.allocate(Frame.NODE_PAYLOAD);
  private final ZerosAhead zeros;
  private long written;

  /// @param end where in the file to go on
  LogWriter(Ground ground, DiskFile file, int segment, long end) {
    this.file = file;
    this.zeros = new ZerosAhead(file, end);
    this.store = ground.id;
    this.early = new EarlySync(ground.world.tasks(), file, end);
    this.segment = segment;
    continueAt(end);
  }

  private ByteBuffer buffer(int bytes) {
    return memory
        .allocate(bytes + 2L * DiskFile.PAGE, DiskFile.PAGE)
        .asByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private void continueAt(long end) {
    written = end;
    origin = end / DiskFile.PAGE * DiskFile.PAGE;
    scratch.clear().position((int) (end - origin));
  }

  /// Says how much is about to be appended.
  void expect(long bytes) {
    large = bytes >= LARGE_GROUP;
    if (large && scratch.capacity() < LARGE_SCRATCH) {
      ByteBuffer larger = buffer(LARGE_SCRATCH);
      larger.put(scratch.flip());
      scratch = larger;
    }
  }

  /// Where the next frame begins.
  long end() {
    return origin + scratch.position();
  }

  /// Appends a frame.
  ///
  /// @return its place
  long append(byte kind, int core, long index, ByteBuffer payload) throws IOException {
    int length = payload.remaining();
    boolean fits = length <= scratch.capacity() - 2 * DiskFile.PAGE - Frame.HEADER;
    makeRoom(Frame.HEADER + (fits ? length : 0));
    long place = Frame.place(end(), length);
    int start = scratch.position();
    int sum;
    if (fits) {
      scratch.position(start + Frame.HEADER).put(payload.duplicate());
      sum = Frame.sum(crc, scratch, start + Frame.HEADER, length);
    } else {
      sum = Frame.sum(crc, payload, payload.position(), length);
    }
    int end = scratch.position();
    scratch.position(start);
    new Frame.Header(sum, kind, core, index, length)
        .write(scratch, crc, Frame.salt(store, segment, Frame.offset(place)));
    if (fits) {
      scratch.position(end);
    } else {
      pour(payload.duplicate());
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
    zeros.follow(start, written);
  }

  /// Hands everything appended so far to the file.
  void flush() throws IOException {
    if (large) {
      writeWholePages();
    }
    write(end());
    continueAt(written);
  }

  private void makeRoom() throws IOException {
    if (!large) {
      flush();
      return;
    }
    writeWholePages();
    int rest = (int) (end() - written);
    scratch.flip().position((int) (written - origin));
    scratch.compact();
    origin = written;
    scratch.position(rest);
  }

  private void writeWholePages() throws IOException {
    long first = (written + DiskFile.PAGE - 1) / DiskFile.PAGE * DiskFile.PAGE;
    long last = end() / DiskFile.PAGE * DiskFile.PAGE;
    if (first < last) {
      write(first);
      boolean past = file.writePast(slice(first, last), first);
      written = last;
      if (!past) {
        early.written(last);
      }
    }
  }

  private void write(long to) throws IOException {
    if (written < to) {
      file.write(slice(written, to), written);
      written = to;
      early.written(written);
    }
  }

  private ByteBuffer slice(long from, long to) {
    return scratch.slice((int) (from - origin), (int) (to - from));
  }

  /// Writes the bytes a segment begins with.
  ///
  /// @param over whether over what another segment held: nothing of that is a frame of this one
  void begin(boolean over) throws IOException {
    if (!over) {
      file.truncate(0);
    }
    zeros.begin(file.size());
    continueAt(Layout.SEGMENT_HEADER);
    file.write(Layout.segmentHeader(store, segment), 0);
  }

  /// Goes on where the segment ends.
  ///
  /// @param torn whether a group that was not finished may lie behind
  void goOn(boolean torn) throws IOException {
    if (torn && file.size() > written) {
      cutBack(written);
    }
    zeros.begin(file.size());
  }

  /// The number of the segment.
  int segment() {
    return segment;
  }

  void close() throws IOException {
    try {
      early.await();
      zeros.trim(end());
    } finally {
      memory.close();
      file.close();
    }
  }

  /// Makes everything written so far durable.
  void sync() throws IOException {
    file.sync();
    early.synced(written);
  }

  /// Cuts off what the file held before this segment was written over it.
  void trim() throws IOException {
    if (file.size() > end()) {
      file.truncate(end());
      zeros.cut(end());
    }
  }

  /// Cuts the file back to `end`, whatever has been written since.
  void cutBack(long end) throws IOException {
    file.truncate(end);
    early.cut(end);
    zeros.cut(end);
    continueAt(end);
  }

  private void makeRoom(int bytes) throws IOException {
    if (scratch.remaining() < bytes) {
      makeRoom();
    }
  }

  private void pour(ByteBuffer payload) throws IOException {
    while (payload.hasRemaining()) {
      makeRoom(1);
      int length = Math.min(payload.remaining(), scratch.remaining());
      scratch.put(scratch.position(), payload, payload.position(), length);
      scratch.position(scratch.position() + length);
      payload.position(payload.position() + length);
    }
  }
}
