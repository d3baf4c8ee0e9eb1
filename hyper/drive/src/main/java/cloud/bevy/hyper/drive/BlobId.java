package cloud.bevy.hyper.drive;

/// Where a blob's bytes are in a drive's blobs core.
///
/// Without a block map the blocks are the bytes, one after the other. With one the blocks are a
/// list of other blocks, and `byteLength` is the size of that list: ask [Drive#size] for the
/// blob's.
///
/// @param blockOffset the first block
/// @param blockLength how many blocks
/// @param byteOffset how many bytes the core has before the first block
/// @param byteLength how many bytes the blocks have
/// @param blockMap whether the blocks are a list of other blocks
public record BlobId(
    long blockOffset, long blockLength, long byteOffset, long byteLength, boolean blockMap) {
  /// Checks the signs.
  public BlobId {
    if (blockOffset < 0 || blockLength < 0 || byteOffset < 0 || byteLength < 0) {
      throw new IllegalArgumentException(
          "no blob has %d+%d blocks, %d+%d bytes"
              .formatted(blockOffset, blockLength, byteOffset, byteLength));
    }
  }
}
