package cloud.bevy.foundation.base;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// An open file, read and written by position. Offsets and sizes are in bytes. Safe for use by
/// several tasks at once.
public interface DiskFile extends AutoCloseable {
  /// Reads at most `into.remaining()` bytes.
  ///
  /// @return how many bytes were read; -1 at the end of the file
  int read(ByteBuffer into, long position) throws IOException;

  /// Reads exactly `into.remaining()` bytes.
  ///
  /// @throws EOFException if the file ends before
  default void readFully(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = read(into, at);
      if (count < 0) {
        throw new EOFException("file ends at " + at + ", " + into.remaining() + " bytes early");
      }
      at += count;
    }
  }

  /// Writes all of `from`, extending the file where needed.
  void write(ByteBuffer from, long position) throws IOException;

  /// Writes all of the buffers one after the other, in as few calls to the system as it takes.
  void write(ByteBuffer[] from, long position) throws IOException;

  /// What [#writePast] writes begins and ends at multiples of this, in the file and in memory.
  int PAGE = 1 << 12;

  /// Writes all of `from` as [#write(ByteBuffer, long)] does, but past the system's cache of files
  /// where that can be: for much that nobody is likely to read soon. It is an ordinary write where
  /// the position, the length or the place of `from` in memory is no multiple of [#PAGE].
  ///
  /// @return whether it went past the cache
  default boolean writePast(ByteBuffer from, long position) throws IOException {
    write(from, position);
    return false;
  }

  /// Sends a range of the file to a channel without copying it through this process, where the
  /// system can.
  ///
  /// @return how many bytes were sent
  long transferTo(long position, long count, WritableByteChannel to) throws IOException;

  /// Makes all that was written durable. After a failure nothing about the written data may be
  /// assumed, and a second call proves nothing: recover from what is on disk.
  void sync() throws IOException;

  /// Cuts the file to `size` bytes.
  void truncate(long size) throws IOException;

  /// Lets the file be run by those who may read it, or by nobody. Nothing happens where the file
  /// system does not know of this. Durable as bytes are: after [#sync].
  void executable(boolean runs) throws IOException;

  /// The size in bytes.
  long size() throws IOException;

  @Override
  void close() throws IOException;
}
