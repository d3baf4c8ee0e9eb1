package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The unit of the log: a header that says what it is and a payload, each under a checksum of its
/// own, so that a damaged payload is still known by name. docs/formats/store.md draws it.
final class Frame {
  static final int HEADER = 28;

  static final byte CORE = 1;
  static final byte BLOCK = 2;
  static final byte NODE = 3;
  static final byte HEAD = 4;
  static final byte CLEAR = 5;
  static final byte DROP = 6;
  static final byte COMMIT = 7;
  static final byte INDEX = 8;

  /// In the header's index field of a [#CORE] frame: the core begins here.
  static final long BEGINS = 1;

  /// In the header's index field of a [#CORE] frame: the core began in this segment, and is named
  /// once more.
  static final long BEGAN = 2;

  static final int NODE_PAYLOAD = Long.BYTES + TreeNode.HASH_BYTES;
  static final int COMMIT_PAYLOAD = 2 * Long.BYTES;
  static final long COMMIT_MAGIC = 0x54494d4d4f435642L;

  private Frame() {}

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// What a frame's header says.
  record Header(int payloadSum, byte kind, int core, long index, int length) {
    /// Writes the 28 bytes at the buffer's position and moves on.
    void write(ByteBuffer into, CRC32C crc, int salt) {
      int start = into.position();
      into.position(start + Integer.BYTES);
      into.putInt(payloadSum).putInt(kind).putInt(core).putLong(index).putInt(length);
      into.putInt(start, salt ^ sum(crc, into, start + Integer.BYTES, HEADER - Integer.BYTES));
    }
  }

  /// Reads the header at `at`.
  ///
  /// @return nothing where its checksum or its numbers are wrong
  static @Nullable Header read(ByteBuffer from, int at, CRC32C crc, int salt) {
    if (from.getInt(at) != (salt ^ sum(crc, from, at + Integer.BYTES, HEADER - Integer.BYTES))) {
      return null;
    }
    int kind = from.getInt(at + 8);
    int length = from.getInt(at + 24);
    if (kind < CORE || kind > INDEX || length < 0) {
      return null;
    }
    return new Header(
        from.getInt(at + 4), (byte) kind, from.getInt(at + 12), from.getLong(at + 16), length);
  }

  /// What a header's checksum is mixed with, so that a frame is one only where it was written: in
  /// this store, this segment, at this offset. The bytes of a log that somebody stores as a block
  /// are no frames.
  static int salt(long store, int segment, long offset) {
    long mixed = (store ^ ((long) segment << 40) ^ offset) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
    return (int) (mixed ^ (mixed >>> 32));
  }

  /// The CRC-32C of `length` bytes at `at`; the buffer is left as it was.
  static int sum(CRC32C crc, ByteBuffer bytes, int at, int length) {
    int position = bytes.position();
    int limit = bytes.limit();
    bytes.limit(at + length).position(at);
    crc.reset();
    crc.update(bytes);
    bytes.limit(limit).position(position);
    return (int) crc.getValue();
  }

  /// Where a frame is: its offset in the segment and its payload's length, in one number that is
  /// never zero.
  static long place(long offset, int length) {
    return offset << 32 | length;
  }

  static long offset(long place) {
    return place >>> 32;
  }

  static int length(long place) {
    return (int) place;
  }

  /// How many bytes the frame at `place` takes.
  static long bytes(long place) {
    return HEADER + (place & 0xffff_ffffL);
  }
}
