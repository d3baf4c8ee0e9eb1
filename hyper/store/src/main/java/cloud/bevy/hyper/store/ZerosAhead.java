package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.DiskFullException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Zeros behind the last group of a segment that grows by small ones. Groups that are written over
/// them change nothing of the file but its bytes, so that a sync need not make a new length and new
/// blocks durable too, which takes the disk as long as the bytes.
final class ZerosAhead {
  /// How far ahead of the groups there are zeros, at most.
  static final int MOST = 1 << 20;

  /// A larger group gains too little.
  static final int LARGE_GROUP = 1 << 17;

  private static final ByteBuffer PIECE =
      Arena.global().allocate(1 << 16).asByteBuffer().asReadOnlyBuffer();

  private final DiskFile file;
  private final long begun;
  private long size;
  private long zeros;
  private boolean full;

  /// @param end where in the file the next group begins
  ZerosAhead(DiskFile file, long end) {
    this.file = file;
    this.begun = end;
  }

  /// Before the first group.
  ///
  /// @param size of the file
  void begin(long size) {
    this.size = size;
  }

  /// Goes ahead of the next groups, where the file has ended with this one: by as much as has been
  /// written since it was opened, so that who writes little writes little more.
  void follow(long start, long end) throws IOException {
    if (end <= size) {
      return;
    }
    size = end;
    long ahead = Math.min(MOST, end - begun) / PIECE.capacity() * PIECE.capacity();
    if (full || ahead == 0 || end - start > LARGE_GROUP) {
      return;
    }
    ByteBuffer[] pieces = new ByteBuffer[(int) (ahead / PIECE.capacity())];
    Arrays.setAll(pieces, _ -> PIECE.duplicate());
    try {
      file.write(pieces, end);
      size = end + ahead;
      zeros = size;
    } catch (DiskFullException e) {
      full = true; // what is left is for the groups
      file.truncate(end);
    }
  }

  /// Cuts off the zeros that nothing was written over.
  void trim(long end) throws IOException {
    if (zeros > end) {
      file.truncate(end);
      cut(end);
    }
  }

  /// The file has been cut.
  void cut(long end) {
    size = Math.min(size, end);
    zeros = Math.min(zeros, end);
  }
}
