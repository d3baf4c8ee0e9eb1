package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;

/// What a core answers when asked for a block.
public sealed interface BlockLookup {
  /// The block, checked against its checksum.
  ///
  /// @param bytes the block between position and limit, read-only to none but the caller's own
  record Found(ByteBuffer bytes) implements BlockLookup {
    /// The block in an array of its own.
    public byte[] toArray() {
      byte[] array = new byte[bytes.remaining()];
      bytes.get(bytes.position(), array);
      return array;
    }
  }

  /// The block was never stored, or was cleared or truncated.
  record Missing(long index) implements BlockLookup {}

  /// The block was stored, and what is on the disk is not it.
  record Corrupt(long index, String reason) implements BlockLookup {}
}
