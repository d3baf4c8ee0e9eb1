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

  private final DiskFile file;
  private final long store;
  private final int segment;
  private final EarlySync early;
  private final CRC32C crc = new CRC32C();

  /// Not `ByteBuffer.allocateDirect`: that takes a monitor that the JDK's Reference Handler holds
  /// while it cleans up, and a virtual thread that has to wait for a monitor may be left waiting
  /// (JDK-8373120).
  private final Arena memory = Arena.ofShared();

  private final ByteBuffer scratch =
      memory.allocate(SCRATCH).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);

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
    this.written = end;
  }

  /// Where the next frame begins.
  long end() {
    return written + scratch.position();
  }

  /// Appends a frame.
  ///
  /// @return its place
  long append(byte kind, int core, long index, ByteBuffer payload) throws IOException {
    int length = payload.remaining();
    boolean fits = length <= SCRATCH - Frame.HEADER;
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
    int bytes = scratch.position();
    if (bytes > 0) {
      file.write(scratch.slice(0, bytes), written);
      written += bytes;
      scratch.clear();
      early.written(written);
    }
  }

  /// Writes the bytes a segment begins with.
  ///
  /// @param over whether over what another segment held: nothing of that is a frame of this one
  void begin(boolean over) throws IOException {
    if (!over) {
      file.truncate(0);
    }
    zeros.begin(file.size());
    written = Layout.SEGMENT_HEADER;
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
    scratch.clear();
    file.truncate(end);
    early.cut(end);
    zeros.cut(end);
    written = end;
  }

  private void makeRoom(int bytes) throws IOException {
    if (scratch.remaining() < bytes) {
      flush();
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
